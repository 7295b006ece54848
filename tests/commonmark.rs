//! Every example of the CommonMark Spec 0.31.2 comes out as the spec says, save where the program means to differ.

use brief::{
    diagnostics::Diagnostics,
    documents::markdown::{Outline, Prose, RenderOptions, Resolution, Target, outline, render},
    model::SourcePath,
};
use serde_json::Value;

const SPEC: &str = include_str!("commonmark/spec-0.31.2.json");

/// Examples that come out otherwise, and why.
const DIFFERENT: &[(u64, &str)] = &[
    (200, EMPTY),
    (485, EMPTY),
    (486, EMPTY),
    (487, EMPTY),
    (500, SCHEME),
    (548, NAME),
    (567, EMPTY),
    (590, NAME),
    (596, SCHEME),
    (598, SCHEME),
    (599, SCHEME),
    (601, SCHEME),
];

const EMPTY: &str = "a link without an address is its words";
const SCHEME: &str = "an address with a scheme that is not on the list is not linked";
const NAME: &str = "`[[foo]]` is a name of the archive";

#[test]
fn every_example_comes_out_as_the_spec_says_or_differs_on_purpose() {
    let examples: Vec<Value> = serde_json::from_str(SPEC).unwrap();
    assert_eq!(examples.len(), 652);
    let mut wrong = Vec::new();
    for example in &examples {
        let number = example["example"].as_u64().unwrap();
        let markdown = example["markdown"].as_str().unwrap();
        let expected = normal(example["html"].as_str().unwrap());
        let ours = normal(&html(markdown));
        let reason = DIFFERENT.iter().find(|(different, _)| *different == number).map(|(_, reason)| *reason);
        match (ours == expected, reason) {
            (false, None) => {
                wrong.push(format!("example {number} differs\n{markdown}\nspec: {expected}\nours: {ours}"));
            }
            (true, Some(reason)) => wrong.push(format!("example {number} no longer differs: {reason}")),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{} examples:\n\n{}", wrong.len(), wrong.join("\n\n"));
}

/// The prose rendered with raw HTML as it stands and every link leading where it was written to.
fn html(markdown: &str) -> String {
    let prose = Prose::new(markdown, 0);
    let path = SourcePath::new("content/briefings/example.md");
    let Outline { references, .. } = outline(&prose, &path, true, &mut Diagnostics::new());
    let as_written = |target: &Target| match target {
        Target::Document { path, fragment } => match fragment {
            Some(fragment) => format!("{path}#{fragment}"),
            None => path.to_string(),
        },
        Target::Fragment(fragment) => format!("#{fragment}"),
        Target::Query(query) => query.to_string(),
        Target::Asset { path, suffix } | Target::Absolute { path, suffix } => format!("{path}{suffix}"),
        Target::Wiki { .. } | Target::Forbid(_) | Target::Citation { .. } => String::new(),
    };
    let link = |href: String| Resolution::Link { href, words: None, lang: None, title: None };
    let resolutions: Vec<Resolution> =
        references.iter().map(|reference| link(as_written(&reference.target))).collect();
    let rendering =
        render(&prose, &resolutions, &RenderOptions { unsafe_html: true, ..RenderOptions::default() });
    assert_eq!(rendering.references, resolutions.len(), "{markdown}");
    rendering.html
}

/// HTML without what the program adds everywhere and without the spec's choice between equal spellings: levels
/// and ids of headings, figures, lazy images, where external links lead, code that can be reached by keyboard.
fn normal(html: &str) -> String {
    let mut normal = html.replace(" />", ">").replace("&quot;", "\"");
    for added in [" loading=\"lazy\"", " rel=\"external\"", " tabindex=\"0\""] {
        normal = normal.replace(added, "");
    }
    while let Some(start) = normal.find("><figcaption>") {
        let end = start + normal[start..].find("</figcaption>").expect("a caption ends");
        normal.replace_range(end..end + "</figcaption>".len(), "\">");
        normal.replace_range(start..start + "><figcaption>".len(), " title=\"");
    }
    normal = normal.replace("<figure><img", "<p><img").replace("</figure>", "</p>");
    for level in 1..=6 {
        normal = normal.replace(&format!("</h{level}>"), "</h>").replace(&format!("<h{level}>"), "<h>");
        while let Some(start) = normal.find(&format!("<h{level} id=\"")) {
            let end = start + normal[start..].find('>').expect("a tag ends");
            normal.replace_range(start..=end, "<h>");
        }
    }
    normal
}
