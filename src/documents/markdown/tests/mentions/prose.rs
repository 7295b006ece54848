//! Where in prose names are linked.

use super::*;

const NAMES: [&str; 3] = ["Hamas", "Gaza", "Khan Younis"];

fn named(marked: &str) {
    found(&NAMES, marked);
}

#[test]
fn a_mention_becomes_a_link_where_it_stands() {
    assert_eq!(
        linked(&NAMES, "In *Gaza*, Hamas’s & **Khan\nYounis**"),
        "<p>In <em><a href=\"/1/\">Gaza</a></em>, <a href=\"/0/\">Hamas</a>’s &amp; \
         <strong><a href=\"/2/\">Khan\nYounis</a></strong></p>\n"
    );
}

#[test]
fn paragraphs_items_cells_and_footnotes_link_names() {
    named(
        "⟦Hamas⟧\n\n- ⟦Hamas⟧\n- [ ] ⟦Gaza⟧\n\n| ⟦Gaza⟧ | b |\n|---|---|\n| ⟦Gaza⟧ | ~~⟦Hamas⟧~~ |\n\nx[^1]\n\n[^1]: ⟦Gaza⟧",
    );
}

#[test]
fn headings_links_and_quotations_link_no_names() {
    named(
        "# ⟪Hamas⟫\n\n⟪Gaza⟫\n===\n\n[⟪Hamas⟫ in ⟪Gaza⟫](x.md), <https://Hamas.example/>\n\n> ⟪Hamas⟫\n>\n> - ⟪Gaza⟫\n\n⟦Hamas⟧",
    );
}

#[test]
fn code_images_and_comments_hold_no_mentions() {
    named(
        "`Hamas` ![Hamas](a.jpg \"Gaza\") <!-- Hamas -->\n\n```\nHamas\n```\n\n    Gaza\n\n<!-- Gaza -->\n\n![Hamas](a.jpg \"Gaza\")\n\n⟦Hamas⟧",
    );
}

#[test]
fn what_stands_beside_a_name_in_other_markup_counts() {
    named(
        "*Hamas*tan, x**Hamas**, `x`Hamas, `x` ⟦Hamas⟧`/`, ⟦Hamas⟧[^1], ⟦Hamas⟧[@a], ![](a.jpg)⟦Hamas⟧, [[x]]Hamas\n\n[^1]: a",
    );
    named("⟦Hamas⟧\\\n⟦Gaza⟧");
    named("⟦Hamas⟧<br>⟦Gaza⟧ ⟦Hamas⟧<sup>1</sup> <b>Hamas</b>tan <b>⟦Hamas⟧</b>");
}

#[test]
fn raw_html_that_quotes_or_is_code_or_links_holds_no_linkable_names() {
    for tag in [
        "a",
        "q",
        "blockquote",
        "cite",
        "code",
        "kbd",
        "samp",
        "pre",
        "h1",
        "h2",
        "h6",
        "figcaption",
        "caption",
        "button",
        "object",
    ] {
        named(&format!("⟦Hamas⟧ <{tag}>⟪Hamas⟫ <b>⟪Gaza⟫</b></{tag}> ⟦Gaza⟧"));
    }
    for tag in ["script", "style", "textarea", "title", "iframe"] {
        named(&format!("⟦Hamas⟧ <{tag}>Hamas <a> Gaza</{tag}> ⟦Gaza⟧"));
    }
    named("<blockquote>\n\n⟪Hamas⟫\n\n<p>\n\n⟪Gaza⟫\n\n</blockquote>\n\n⟦Hamas⟧");
    let form = "::: event\nA strike.\n:::";
    named(&format!("<blockquote>\n\n⟪Hamas⟫\n\n{form}\n\n⟦Hamas⟧ <q>⟪Gaza⟫"));
    named(&format!("<q>⟪Hamas⟫\n\n::: tlp amber\n\n⟪Gaza⟫\n\n{form}\n\n⟦Gaza⟧\n\n:::\n"));
    named("x <h2>⟪Hamas⟫</h3> ⟦Hamas⟧, <q>⟪Hamas⟫");
}

#[test]
fn references_in_brackets_are_no_mentions_and_keep_the_count() {
    named("[[Hamas]] [[Gaza|Hamas]] ⟦Gaza⟧");
    let text = "[[Hamas]] [[Nobody|Gaza]] Gaza [@x Hamas] [[Hamas [[Gaza]] Hamas [[ Gaza [@a] Hamas";
    assert_eq!(
        linked(&NAMES, text),
        "<p><a href=\"/any/Hamas\">Hamas</a> Gaza <a href=\"/1/\">Gaza</a> [@x <a href=\"/0/\">Hamas</a>] \
         [[<a href=\"/0/\">Hamas</a> <a href=\"/any/Gaza\">Gaza</a> <a href=\"/0/\">Hamas</a> [[ \
         <a href=\"/1/\">Gaza</a> <sup class=\"citation\">[<a href=\"#source-a\" id=\"cite:1\">1</a>]</sup> \
         <a href=\"/0/\">Hamas</a></p>\n"
    );
}

#[test]
fn a_forbidden_name_is_forbidden_in_its_place_alone() {
    named("[[!Hamas]] [[!Khan]] Younis ⟦Hamas⟧");
    assert_eq!(linked(&NAMES, "[[!Hamas]] Hamas"), "<p>Hamas <a href=\"/0/\">Hamas</a></p>\n");
}

#[test]
fn a_mention_stands_in_one_stretch_of_text() {
    named("Khan *Younis* *Khan* Younis [[Khan]] Younis Khan<!-- --> Younis ⟦Khan Younis⟧");
}

#[test]
fn footnotes_that_nobody_gets_to_hold_no_mentions() {
    named("x[^1]\n\n[^1]: ⟦Hamas⟧\n\n[^1]: Hamas\n\n[^2]: Gaza");
}

#[test]
fn marked_prose_and_its_fences_keep_their_places() {
    named("::: tlp amber\n⟦Hamas⟧\n\n\"⟪Gaza⟫\n:::\n⟦Gaza⟧");
}

#[test]
fn entities_and_escapes_keep_their_places() {
    named("a &amp; ⟦Hamas⟧ &lt; \\*⟦Gaza⟧\\* ⟦Hamas⟧&#39;s ⟦&#72;amas⟧ ⟦Hama&#115;⟧");
    assert_eq!(
        linked(&NAMES, "<x> &lt;Hamas&gt; \\<Gaza>"),
        "<p> &lt;<a href=\"/0/\">Hamas</a>&gt; &lt;<a href=\"/1/\">Gaza</a>&gt;</p>\n"
    );
}

#[test]
fn owners_that_do_not_count_leave_the_place_to_shorter_names() {
    let names = Names::new([("Gaza", 1), ("Gaza City", 2), ("Gaza", 3)]);
    let owners = |counts: &dyn Fn(u32) -> bool| -> Vec<Box<[u32]>> {
        let prose = Prose::new("Gaza City", 0);
        mentions(&prose, &names, counts).into_iter().map(|mention| mention.owners).collect()
    };
    assert_eq!(owners(&|_| true), [[2].into()]);
    assert_eq!(owners(&|owner| owner != 2), [[1, 3].into()]);
    assert_eq!(owners(&|owner| owner == 3), [[3].into()]);
    assert!(owners(&|_| false).is_empty());
}

#[test]
fn without_names_there_are_no_mentions() {
    let none = Names::new([]);
    assert!(none.is_empty() && none.in_words("Hamas").is_empty());
    assert!(mentions(&Prose::new("Hamas", 0), &none, &|_| true).is_empty());
}

#[test]
fn no_link_stands_in_a_link() {
    let link = |stretch, range| MentionLink { stretch, range, href: "/x/".into() };
    let text = "[Hamas](https://a.example) Gaza";
    let render = |mentions: &[MentionLink]| {
        rendered_with(text, &RenderOptions { mentions, ..RenderOptions::default() }).html
    };
    let bare = render(&[]);
    assert_eq!(render(&[link(0, 0..5)]), bare);
    assert_ne!(render(&[link(1, 1..5)]), bare);
}

#[test]
fn links_that_fit_no_text_change_nothing() {
    let link = |stretch, range| MentionLink { stretch, range, href: "/x/".into() };
    let render = |mentions: &[MentionLink]| {
        rendered_with("é Gaza", &RenderOptions { mentions, ..RenderOptions::default() }).html
    };
    let bare = render(&[]);
    assert_eq!(render(&[link(0, 1..5), link(0, 3..99), link(0, 4..4), link(7, 0..2)]), bare);
    assert_eq!(
        render(&[link(0, 3..7), link(0, 5..6)]),
        "<p>é <a href=\"/x/\">Gaza</a></p>\n",
        "of two that overlap the first stands"
    );
}
