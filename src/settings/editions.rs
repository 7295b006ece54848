use std::ops::Range;

use super::{BaseUrl, EditionSettings, Settings, preview_of, read::named_tables};
use crate::{
    diagnostics::Severity,
    model::{Tlp, check_segment},
    tree::{Cx, Fields, Node, Spanned},
};

/// The edition for everybody, which is there without being declared.
const PUBLIC: &str = "public";

/// What the settings say of the public edition outside `[editions]`.
pub(super) struct Own {
    pub(super) output: Option<Spanned<String>>,
    pub(super) base_url: Option<Spanned<BaseUrl>>,
}

/// Where one edition goes, and where that is written.
struct Site {
    edition: String,
    output: Spanned<String>,
    base_url: Option<Spanned<BaseUrl>>,
}

/// The tables of `[editions]`. Each goes to a folder and an address that are no other's: what lies in the folder of an
/// edition is published with it.
pub(super) fn read(fields: &mut Fields<'_>, settings: &mut Settings, own: Own, cx: &mut Cx<'_>) {
    let mut sites = vec![Site {
        edition: PUBLIC.into(),
        output: own.output.unwrap_or_else(|| Spanned { value: settings.output.clone(), span: 0..0 }),
        base_url: own.base_url,
    }];
    named_tables(fields, "editions", cx, |name, node, cx| {
        let Some((mut declared, site)) = edition(name, node, cx) else { return };
        if name.value == PUBLIC {
            let public = &mut sites[0];
            match site.output {
                Some(output) => public.output = output,
                None => declared.output.clone_from(&public.output.value),
            }
            public.base_url = site.base_url.or(public.base_url.take());
        } else {
            sites.push(Site {
                edition: name.value.clone(),
                output: site.output.unwrap_or_else(|| name.clone()),
                base_url: site.base_url,
            });
        }
        settings.editions.insert(name.value.clone(), declared);
    });
    for (place, site) in sites.iter().enumerate() {
        let before = &sites[..place];
        own_folder(site, before, &sites, cx);
        own_address(site, before, cx);
    }
}

/// What an edition says of its folder and its address itself.
struct Said {
    output: Option<Spanned<String>>,
    base_url: Option<Spanned<BaseUrl>>,
}

fn edition(name: &Spanned<String>, node: &Node, cx: &mut Cx<'_>) -> Option<(EditionSettings, Said)> {
    let mut table = Fields::of(node, "an edition", cx)?;
    let says_labels = table.has("admits");
    let mistakes = |cx: &Cx<'_>| cx.diagnostics.count(Severity::Error);
    let before = mistakes(cx);
    let labels: Vec<Spanned<Tlp>> = table.list("admits", cx);
    let all_are_labels = mistakes(cx) == before;
    let base_url: Option<Spanned<BaseUrl>> = table.get("base_url", cx);
    let output: Option<Spanned<String>> = table.get("output", cx);
    let shown = table.get("name", cx);
    let at = table.key_span("admits").unwrap_or(&name.span).clone();
    // A misspelt `admits` is told as an unknown key, and an unknown label as what it is.
    let before = mistakes(cx);
    table.finish(cx);
    let all_are_keys = mistakes(cx) == before;
    let is_name = named(name, cx);
    labels_are_admissible(name, &labels, cx);
    if all_are_labels && all_are_keys && (says_labels || name.value != PUBLIC) {
        complete(name, &labels, &at, cx);
    }
    // In an archive with such a mistake nothing is written; what stands in admits least.
    let admits =
        if labels.is_empty() { vec![Tlp::Clear] } else { labels.iter().map(|it| it.value).collect() };
    let declared = EditionSettings {
        admits,
        base_url: base_url.as_ref().map(|url| url.value.clone()),
        output: output.as_ref().map_or_else(|| name.value.clone(), |output| output.value.clone()),
        name: shown,
    };
    is_name.then_some((declared, Said { output, base_url }))
}

/// Whether its name can be that of a folder, and is not that of a preview.
fn named(name: &Spanned<String>, cx: &mut Cx<'_>) -> bool {
    if name.value == "preview" || name.value.ends_with("-preview") {
        let message = format!("the name `{}` is kept for what `--drafts` and `--future` make", name.value);
        cx.error("edition", &name.span, message).help("give it another name");
        return false;
    }
    if let Err(why) = check_segment(&name.value) {
        let message = format!("`{}` cannot be the name of an edition: {why}", name.value);
        cx.error("edition", &name.span, message).help("name it with letters, digits and hyphens");
        return false;
    }
    true
}

/// No edition admits RED, and the public one CLEAR alone.
fn labels_are_admissible(name: &Spanned<String>, labels: &[Spanned<Tlp>], cx: &mut Cx<'_>) {
    for label in labels {
        if label.value == Tlp::Red {
            cx.error("edition", &label.span, "no edition admits `red`")
                .help("RED is for its recipients in person; leave it out");
        } else if label.value != Tlp::Clear && name.value == PUBLIC {
            let admitted = label.value.label().to_lowercase();
            cx.error(
                "edition",
                &label.span,
                format!("the public edition admits `clear` only, not `{admitted}`"),
            )
            .help("declare another edition for what is not CLEAR");
        }
    }
}

/// It says what it admits, and admits what everybody may see.
fn complete(name: &Spanned<String>, labels: &[Spanned<Tlp>], at: &Range<usize>, cx: &mut Cx<'_>) {
    if labels.is_empty() {
        cx.error("edition", at, format!("the edition `{}` does not say what it admits", name.value))
            .help("list its labels: `admits = [\"clear\", \"green\"]`");
    } else if !labels.iter().any(|label| label.value == Tlp::Clear) {
        let message = format!("the edition `{}` leaves out `clear`, which everybody may see", name.value);
        cx.error("edition", at, message).help("add `\"clear\"` to `admits`");
    }
}

fn own_folder(site: &Site, before: &[Site], all: &[Site], cx: &mut Cx<'_>) {
    const HELP: &str = "give each edition an `output` that is no other's and lies in no other's";
    let own = segments(&site.output.value);
    let written = &site.output.value;
    for other in before {
        let folder = segments(&other.output.value);
        let how = match (own.starts_with(folder.as_slice()), folder.starts_with(own.as_slice())) {
            (true, true) => "is",
            (true, false) => "lies in",
            (false, true) => "holds",
            (false, false) => continue,
        };
        let message = format!(
            "the folder `{written}` of the edition `{}` {how} that of the edition `{}`",
            site.edition, other.edition
        );
        let report = cx.error("edition", &site.output.span, message).help(HELP);
        if !other.output.span.is_empty() {
            report.related(&other.output.span, "that one is written here");
        }
        return;
    }
    for other in all {
        let preview = preview_of(&other.edition);
        let folder = [preview.clone()];
        if own.starts_with(&folder) || folder.starts_with(own.as_slice()) {
            let message = format!(
                "the folder `{written}` of the edition `{}` is in the way of `{preview}`, the preview of `{}`",
                site.edition, other.edition
            );
            cx.error("edition", &site.output.span, message).help(HELP);
            return;
        }
    }
}

/// The folders on the way to `folder`, as a disk without upper case tells them apart; none for the archive's own.
fn segments(folder: &str) -> Vec<String> {
    let mut segments: Vec<String> = Vec::new();
    if folder.starts_with(['/', '\\']) {
        segments.push("/".into());
    }
    for segment in folder.split(['/', '\\']) {
        match segment {
            "" | "." => {}
            ".." if segments.last().is_some_and(|last| last != "..") => {
                segments.pop();
            }
            segment => segments.push(segment.to_lowercase()),
        }
    }
    segments
}

fn own_address(site: &Site, before: &[Site], cx: &mut Cx<'_>) {
    let Some(own) = &site.base_url else { return };
    for other in before {
        let Some(address) = &other.base_url else { continue };
        if host_and_path(&own.value) == host_and_path(&address.value) {
            let message = format!(
                "the editions `{}` and `{}` share the address `{}`",
                other.edition,
                site.edition,
                own.value.as_str()
            );
            cx.error("edition", &own.span, message)
                .related(&address.span, "the other stands here")
                .help("give each edition a `base_url` of its own, or none");
            return;
        }
    }
}

/// An address without its scheme, the host as its case does not matter.
fn host_and_path(url: &BaseUrl) -> (String, &str) {
    let whole = url.as_str();
    let rest = whole.split_once("://").map_or(whole, |(_, rest)| rest);
    (rest.split('/').next().unwrap_or_default().to_lowercase(), url.path())
}
