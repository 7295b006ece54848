mod laws;
mod prose;
mod quotations;
mod scripts;
mod words;

use super::*;

/// Finds `names` in a text, and checks that the mentions are those that are marked: `⟦Hamas⟧` where it may be
/// linked, `⟪Hamas⟫` where it is only a mention.
#[track_caller]
fn found(names: &[&str], marked: &str) {
    let text: String = marked.chars().filter(|c| !matches!(c, '⟦' | '⟧' | '⟪' | '⟫')).collect();
    assert_eq!(marked_by(names, &text), marked);
}

fn marked_by(names: &[&str], text: &str) -> String {
    let names = Names::new(names.iter().copied().zip(0..));
    let mut marked = String::new();
    let mut at = 0;
    for mention in mentions(&Prose::new(text, 0), &names, &|_| true) {
        let (open, close) = if mention.linkable { ('⟦', '⟧') } else { ('⟪', '⟫') };
        marked.push_str(&text[at..mention.source.start]);
        marked.push(open);
        marked.push_str(&text[mention.source.clone()]);
        marked.push(close);
        at = mention.source.end;
    }
    marked + &text[at..]
}

/// The links to all linkable mentions; each leads to the number of its first owner.
fn links(prose: &Prose, names: &Names) -> Vec<MentionLink> {
    mentions(prose, names, &|_| true)
        .into_iter()
        .filter(|mention| mention.linkable)
        .map(|mention| {
            let href = format!("/{}/", mention.owners[0]);
            MentionLink { stretch: mention.stretch, range: mention.range, href }
        })
        .collect()
}

/// `text` as HTML with all linkable mentions linked.
fn linked(names: &[&str], text: &str) -> String {
    let names = Names::new(names.iter().copied().zip(0..));
    let mentions = links(&Prose::new(text, 0), &names);
    rendered_with(text, &RenderOptions { mentions: &mentions, ..RenderOptions::default() }).html
}
