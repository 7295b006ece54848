use std::hash::{Hash, Hasher};

use rustc_hash::FxHashSet;

use super::{
    context::HeadingView,
    corrections,
    sources::{source_anchor, source_title},
    views::Views,
};
use crate::{
    archive::{Archive, BriefingIx, EntityIx, Link, Mention, Owner},
    documents::{Body, ImageWords, Source, markdown},
    model::{LocalId, OutputPath, encode_fragment, encode_path},
    pages::Content,
};

/// A text as it stands on its page.
#[derive(Default)]
pub(super) struct Drawn {
    pub(super) html: String,
    /// Where claims and events stand in it.
    pub(super) cuts: Vec<markdown::Cut>,
    pub(super) headings: Vec<HeadingView>,
    /// The places that cite a source: its number and the place's id.
    pub(super) cited: Vec<(usize, String)>,
}

/// A text as the page that shows it finds it in the archive. Of all pages only that one depends on it.
#[derive(Clone, Copy)]
pub(super) struct Written<'a> {
    body: &'a Body,
    /// What its references lead to.
    links: &'a [Link],
    /// The names in it that are links.
    mentions: &'a [Mention],
}

impl Hash for Written<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { body: Body { prose, outline }, links, mentions } = self;
        (prose, outline, links, mentions).hash(state);
    }
}

impl<'a> Written<'a> {
    pub(super) fn of_briefing(place: BriefingIx, archive: &'a Archive) -> Self {
        let (body, reading) = (archive.body(place), archive.reading(place));
        Self { body, links: &reading.links, mentions: &reading.mentions }
    }

    /// Nothing where the briefing has no translation into `language`.
    pub(super) fn of_translation(place: BriefingIx, language: &str, archive: &'a Archive) -> Option<Self> {
        let body = &archive[place].released.document.translations.get(language)?.body;
        let links = &archive.reading(place).translation_links[language];
        let mentions = archive.reading(place).translation_mentions.get(language);
        Some(Self { body, links, mentions: mentions.map_or(&[], Vec::as_slice) })
    }

    /// By its place in the archive's list of pages that are no briefings.
    pub(super) fn of_page(place: usize, archive: &'a Archive) -> Self {
        let (body, reading) = (&archive.pages[place].released.document.body, archive.reading_of_page(place));
        Self { body, links: &reading.links, mentions: &reading.mentions }
    }

    /// Nothing where the entity's profile has no text.
    pub(super) fn of_entity(place: EntityIx, archive: &'a Archive) -> Option<Self> {
        let body = &archive[place].profile.as_ref()?.document.body;
        let reading = archive.reading_of_entity(place);
        let written = Self { body, links: &reading.links, mentions: &reading.mentions };
        Some(written).filter(|_| !body.prose.is_empty())
    }
}

/// The text that a page of this content shows.
pub(super) fn shown_by<'a>(content: &Content, archive: &'a Archive) -> Option<Written<'a>> {
    match content {
        Content::Briefing(place) => Some(Written::of_briefing(*place, archive)),
        Content::Translation(place, language) => Written::of_translation(*place, language, archive),
        Content::Standing(place) => Some(Written::of_page(*place, archive)),
        // It stands on the first page only.
        Content::Entity(place, part) if part.number.is_none() => Written::of_entity(*place, archive),
        _ => None,
    }
}

/// A text and all that is known of it.
pub(super) struct Text<'a> {
    /// Nothing on a page that shows none.
    pub(super) written: Option<Written<'a>>,
    /// The sources that it can cite.
    pub(super) sources: &'a [(LocalId, Source)],
    /// Ids that its page has elsewhere, besides those that all pages have.
    pub(super) taken: &'a [String],
}

/// Draws `text` for the page at `path`.
pub(super) fn draw(text: &Text<'_>, path: &OutputPath, views: &Views<'_>) -> Drawn {
    let Text { written: Some(Written { body, links, mentions }), sources, taken } = *text else {
        return Drawn::default();
    };
    let root = views.addresses.root(path);
    let images: FxHashSet<usize> = body.outline.images.iter().map(|image| image.reference).collect();
    let resolution =
        |(place, link): (usize, &Link)| resolve(link, images.contains(&place), &root, sources, views);
    let resolutions: Vec<markdown::Resolution> = links.iter().enumerate().map(resolution).collect();
    let mention = |mention: &Mention| markdown::MentionLink {
        stretch: mention.stretch,
        range: mention.range.clone(),
        href: format!("{root}{}", views.entity_url(mention.entity)),
    };
    let mentions: Vec<markdown::MentionLink> = mentions.iter().map(mention).collect();
    let has_sources = (!sources.is_empty()).then_some("sources");
    let own = std::iter::once("main").chain(has_sources).map(str::to_owned);
    let taken: Vec<String> = taken.iter().cloned().chain(own).collect();
    let options = markdown::RenderOptions {
        taken: &taken,
        mentions: &mentions,
        unsafe_html: views.settings.unsafe_html,
        ..markdown::RenderOptions::default()
    };
    let rendering = markdown::render(&body.prose, &resolutions, &options);
    Drawn {
        html: rendering.html,
        cuts: rendering.cuts,
        headings: rendering
            .headings
            .into_iter()
            .map(|heading| HeadingView { level: heading.level, id: heading.id, text: heading.text })
            .collect(),
        cited: rendering.citations.into_iter().map(|mark| (mark.number, mark.id)).collect(),
    }
}

/// What readers see of a `[[...]]` without words of its own, if that is not the name that stands there.
pub(super) fn words_of(link: &Link, views: &Views<'_>) -> Option<String> {
    match link {
        Link::Page { words, .. } => words.clone(),
        Link::Claim(place, _) => Some(views.claim_words(*place, &views.archive[*place].text)),
        Link::Retracted(_, gone) => {
            Some(views.words.get(&format!("gone_{}", corrections::word(*gone))).to_owned())
        }
        // A date is linked by its digits and read in words.
        Link::Entity(place) => views.archive[*place].period.map(|_| views.name(*place)),
        _ => None,
    }
}

fn resolve(
    link: &Link,
    is_image: bool,
    root: &str,
    sources: &[(LocalId, Source)],
    views: &Views<'_>,
) -> markdown::Resolution {
    use markdown::Resolution;
    let to = |href: String| {
        if is_image {
            Resolution::Image { src: href, width: None, height: None, alt: None, caption: None, label: None }
        } else {
            Resolution::Link { href, words: words_of(link, views), lang: None, title: None }
        }
    };
    match link {
        Link::Page { address, .. } | Link::Retracted(address, _) => {
            to(format!("{root}{}", views.addresses.rest(address)))
        }
        Link::Claim(place, owner) => {
            let claim = &views.archive[*place];
            let url = match owner {
                Owner::Here => views.part_url(claim.briefing, &claim.anchor),
                Owner::Elsewhere => views.claim_url(*place),
            };
            to(format!("{root}{url}"))
        }
        Link::Root(path, suffix) => to(format!("{root}{}{suffix}", views.addresses.rest(path))),
        Link::Entity(place) => to(format!("{root}{}", views.entity_url(*place))),
        Link::Beside { path, suffix, words, size } if is_image => Resolution::Image {
            src: format!("{}{suffix}", encode_path(path)),
            width: size.map(|(width, _)| width),
            height: size.map(|(_, height)| height),
            alt: words.as_ref().and_then(|words| words.alt.clone()),
            caption: words.as_ref().and_then(|words| caption(words)),
            label: views.label(words.as_ref().and_then(|words| words.marking.label())),
        },
        Link::Beside { path, suffix, .. } => to(format!("{}{suffix}", encode_path(path))),
        Link::Anchor(anchor) => to(format!("#{}", encode_fragment(anchor))),
        Link::Query(query) => to(query.clone()),
        Link::Source(number) => match sources.get(number - 1) {
            Some((id, source)) => Resolution::Citation {
                number: *number,
                href: format!("#{}", source_anchor(id)),
                title: Some(source_title(id, source).to_owned()),
            },
            None => Resolution::Words,
        },
        Link::Words => Resolution::Words,
    }
}

/// What stands under an image: its caption, credit and licence.
fn caption(words: &ImageWords) -> Option<String> {
    let parts: Vec<&str> =
        [&words.caption, &words.credit, &words.license].into_iter().filter_map(Option::as_deref).collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}
