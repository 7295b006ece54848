use super::{Page, briefing, front_matter::File, read_parts};
use crate::{
    diagnostics::{Diagnostic, Diagnostics, Span},
    model::segment,
    settings::{OWN_ADDRESSES, Settings},
    tree::{Cx, Decode, Extra, Fields},
};

/// Files at the root that the archive makes itself.
const TAKEN: [&str; 3] = ["atom.xml", "feed.json", "404"];

pub(super) fn parse(file: &File<'_>, settings: &Settings, diagnostics: &mut Diagnostics) -> Option<Page> {
    let mut cx = Cx { path: file.path, text: file.text, zone: settings.timezone, diagnostics };
    let cx = &mut cx;
    let mut fields = Fields::of(&file.front, "a page", cx)?;
    let title = briefing::title(&mut fields, cx);
    let slug = fields.take("slug").and_then(|node| briefing::slug(node, cx));
    let page = Page {
        path: file.path.clone(),
        title: String::new(),
        summary: fields
            .take_one_of(&["summary", "description"], cx)
            .and_then(|node| String::decode(node, cx)),
        address: address(file.path, slug),
        aliases: briefing::aliases(&mut fields, cx),
        language: fields
            .take_one_of(&["lang", "language"], cx)
            .and_then(|node| read_parts::language(node, cx)),
        template: fields.get("template", cx),
        extra: fields.take("extra").map(Extra::of).unwrap_or_default(),
        noindex: fields.get("noindex", cx).unwrap_or(false),
        marking: read_parts::marking(&mut fields, cx),
        body: file.body_without_forms(
            "a page",
            |_| "write it in a file below `content/briefings/`".into(),
            cx.diagnostics,
        ),
    };
    fields.hint("own keys stand under `extra`");
    fields.finish(cx);
    let first = page.address.split('/').next().unwrap_or_default();
    let is_taken = OWN_ADDRESSES.contains(&first) || TAKEN.contains(&first);
    if first.is_empty() || is_taken || settings.kinds.iter().any(|kind| kind.path == first) {
        cx.diagnostics.push(
            Diagnostic::error(
                "taken-address",
                format!("the address `/{first}/` belongs to the archive itself"),
            )
            .at(Span::file(file.path))
            .help("rename the file, or give it another `slug`"),
        );
    }
    Some(Page { title: title?, ..page })
}

/// The folders below `content/pages/` and the slug of the file; `index.md` stands for its folder.
fn address(path: &crate::model::SourcePath, slug: Option<String>) -> String {
    let folder = path.folder().strip_prefix("content/pages").unwrap_or_default();
    let mut segments: Vec<String> = folder.split('/').filter(|s| !s.is_empty()).map(segment).collect();
    match slug {
        Some(slug) => segments.push(slug),
        None if path.stem() == "index" && !segments.is_empty() => {}
        None => segments.push(segment(path.stem())),
    }
    segments.join("/")
}
