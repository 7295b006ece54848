use super::*;

fn targets(text: &str) -> Vec<Target> {
    outlined(text).0.references.into_iter().map(|reference| reference.target).collect()
}

fn wiki(kind: Option<&str>, name: &str, local: Option<&str>, words: Option<&str>) -> Target {
    let boxed = |text: &str| text.into();
    Target::Wiki {
        kind: kind.map(boxed),
        name: name.into(),
        local: local.map(boxed),
        words: words.map(boxed),
    }
}

#[test]
fn names_are_read_in_all_their_forms() {
    assert_eq!(targets("[[Hamas]]"), [wiki(None, "Hamas", None, None)]);
    assert_eq!(targets("[[Hamas|the movement]]"), [wiki(None, "Hamas", None, Some("the movement"))]);
    assert_eq!(targets("[[location:Israel]]"), [wiki(Some("location"), "Israel", None, None)]);
    assert_eq!(targets("[[2025-05-13]]"), [wiki(None, "2025-05-13", None, None)]);
    assert_eq!(
        targets("[[2025-05-10-aid#convoys|x]]"),
        [wiki(None, "2025-05-10-aid", Some("convoys"), Some("x"))]
    );
    assert_eq!(targets("[[#direct-talks]]"), [wiki(None, "", Some("direct-talks"), None)]);
    assert_eq!(targets("[[Operation: Red]]"), [wiki(None, "Operation: Red", None, None)]);
    assert_eq!(targets("[[!Israel]]"), [Target::Forbid("Israel".into())]);
    assert_eq!(targets("[[حماس|الحركة]]"), [wiki(None, "حماس", None, Some("الحركة"))]);
    assert_eq!(
        targets("[[a_b_c]] [[AT&amp;T]]"),
        [wiki(None, "a_b_c", None, None), wiki(None, "AT&T", None, None)]
    );
}

#[test]
fn a_name_may_run_over_a_line_end() {
    assert_eq!(targets("> [[Gaza Health\n> Ministry]]"), [wiki(None, "Gaza Health Ministry", None, None)]);
    is(
        "[[Gaza  Health\nMinistry]]\n",
        "<p><a href=\"/any/Gaza%20Health%20Ministry\">Gaza Health Ministry</a></p>\n",
    );
}

#[test]
fn a_name_in_a_table_has_its_bar_escaped() {
    assert_eq!(targets("| a |\n|---|\n| [[b\\|c]] |\n"), [wiki(None, "b", None, Some("c"))]);
}

#[test]
fn names_are_read_in_headings_quotations_and_brackets() {
    is("## [[A]]\n", "<h2 id=\"a\"><a href=\"/any/A\">A</a></h2>\n");
    is("> [[A]]\n", "<blockquote>\n<p><a href=\"/any/A\">A</a></p>\n</blockquote>\n");
    is("[[[A]]]\n", "<p>[<a href=\"/any/A\">A</a>]</p>\n");
    is("*[[A]]*\n", "<p><em><a href=\"/any/A\">A</a></em></p>\n");
}

#[test]
fn brackets_in_code_links_and_after_a_backslash_are_text() {
    for text in ["`[[a]]`", "    [[a]]", "\\[[a]]", "[\\[a]]", "&#91;[a]]", "[[a]\\]", "\\[@a]", "`[@a]`"] {
        assert_eq!(targets(text), [], "{text}");
    }
    is(
        "[x [[a]] y](https://a.example/)\n",
        "<p><a href=\"https://a.example/\" rel=\"external\">x [[a]] y</a></p>\n",
    );
    // A backslash that is text itself escapes nothing.
    assert_eq!(targets("\\\\[[a]]"), [wiki(None, "a", None, None)]);
}

#[test]
fn a_name_that_leads_nowhere_is_its_words() {
    is("[[Nobody]] [[Nobody|x < y]] [[!Israel]]\n", "<p>Nobody x &lt; y Israel</p>\n");
    let prose = Prose::new("[[BRIEFING#claim]] [[#claim]]", 0);
    assert_eq!(render(&prose, &[], &RenderOptions::default()).html, "<p>BRIEFING claim</p>\n");
}

#[test]
fn a_resolution_may_bring_words_their_language_and_a_title() {
    let link = |words: Option<&str>| Resolution::Link {
        href: "/b/?x=1&y".into(),
        words: words.map(Into::into),
        lang: Some("ar".into()),
        title: Some("a \"b\"".into()),
    };
    let html = |text: &str| {
        let resolutions = [link(Some("عنوان"))];
        render(&Prose::new(text, 0), &resolutions, &RenderOptions::default()).html
    };
    let title = "title=\"a &quot;b&quot;\"";
    assert_eq!(html("[[B]]"), format!("<p><a href=\"/b/?x=1&amp;y\" {title} lang=\"ar\">عنوان</a></p>\n"));
    assert_eq!(html("[[B|own]]"), format!("<p><a href=\"/b/?x=1&amp;y\" {title}>own</a></p>\n"));
}

#[test]
fn citations_are_numbers_with_ways_back() {
    let rendering = rendered_with("a [@x; @yy] b [@x].\n", &RenderOptions::default());
    assert_eq!(
        rendering.html,
        "<p>a <sup class=\"citation\">[<a href=\"#source-x\" id=\"cite:1\">1</a>, \
         <a href=\"#source-yy\" id=\"cite:2\">2</a>]</sup> b \
         <sup class=\"citation\">[<a href=\"#source-x\" id=\"cite:3\">1</a>]</sup>.</p>\n"
    );
    let marks: Vec<_> =
        rendering.citations.iter().map(|mark| (mark.reference, mark.number, &*mark.id)).collect();
    assert_eq!(marks, [(0, 1, "cite:1"), (1, 2, "cite:2"), (2, 1, "cite:3")]);
}

#[test]
fn a_citation_of_nothing_leaves_nothing() {
    is("a [@nobody].\n", "<p>a.</p>\n");
    is(
        "a [@nobody; @x].\n",
        "<p>a <sup class=\"citation\">[<a href=\"#source-x\" id=\"cite:1\">1</a>]</sup>.</p>\n",
    );
}

#[test]
fn a_reference_points_at_what_was_written() {
    let text = "> é [[A\n> B]] [@x; @yy] [t](u.md)\n";
    let ranges: Vec<&str> = outlined(text).0.references.iter().map(|r| &text[r.range.clone()]).collect();
    assert_eq!(ranges, ["[[A\n> B]]", "@x", "@yy", "[t](u.md)"]);
}

#[test]
fn links_are_told_apart_by_where_they_lead() {
    let one = |text: &str| targets(text).remove(0);
    let document = |path: &str, fragment: Option<&str>| Target::Document {
        path: path.into(),
        fragment: fragment.map(Into::into),
    };
    assert_eq!(one("[a](../b%20c.md#d)"), document("../b c.md", Some("d")));
    assert_eq!(one("[a](@/briefings/b.MD)"), document("@/briefings/b.MD", None));
    assert_eq!(one("[a](#b)"), Target::Fragment("b".into()));
    let asset = |path: &str, suffix: &str| Target::Asset { path: path.into(), suffix: suffix.into() };
    assert_eq!(one("[a](b.pdf#page=3)"), asset("b.pdf", "#page=3"));
    assert_eq!(one("![a](b.md)"), asset("b.md", ""));
    assert_eq!(one("[a](b%2Fc%00)"), asset("b%2Fc%00", ""));
    assert_eq!(one("[a](?b=c&amp;d#e)"), Target::Query("?b=c&d#e".into()));
    assert_eq!(one("[a](/b.css?c)"), Target::Absolute { path: "/b.css".into(), suffix: "?c".into() });
}

#[test]
fn external_links_say_so() {
    is(
        "<https://a.example/?b&c>\n",
        "<p><a href=\"https://a.example/?b&amp;c\" rel=\"external\">https://a.example/?b&amp;c</a></p>\n",
    );
    is(
        "[a](//b.example/c \"d\")\n",
        "<p><a href=\"https://b.example/c\" rel=\"external\" title=\"d\">a</a></p>\n",
    );
    is(
        "[a](//) [b](///c) [d](/\\e.example)\n",
        "<p>a b <a href=\"https://e.example\" rel=\"external\">d</a></p>\n",
    );
    is("<a@b.example>\n", "<p><a href=\"mailto:a@b.example\" rel=\"external\">a@b.example</a></p>\n");
}

#[test]
fn a_link_that_leads_nowhere_is_its_words() {
    let prose = Prose::new("a [*b*](c.md) [d](#e)", 0);
    let html = render(&prose, &[Resolution::Words, Resolution::Words], &RenderOptions::default()).html;
    assert_eq!(html, "<p>a <em>b</em> d</p>\n");
}

#[test]
fn an_image_that_stands_alone_is_a_figure() {
    is("![a *b*](c.png)\n", "<figure><img src=\"c.png\" alt=\"a b\" loading=\"lazy\"></figure>\n");
    is(
        "![a](c.png \"d\")\n",
        "<figure><img src=\"c.png\" alt=\"a\" loading=\"lazy\"><figcaption>d</figcaption></figure>\n",
    );
    is("![a](c.png \"d\") e\n", "<p><img src=\"c.png\" alt=\"a\" loading=\"lazy\" title=\"d\"> e</p>\n");
    let two = html("![a](b.png) ![c](d.png)\n");
    assert!(two.starts_with("<p><img") && two.ends_with("></p>\n"), "{two}");
    assert_eq!(outlined("![a *b*](c.png)").0.images, [Image { reference: 0, alt: "a b".into() }]);
}

#[test]
fn an_image_takes_what_stands_beside_it() {
    let image = Resolution::Image {
        src: "/i/é.png".into(),
        width: Some(4),
        height: Some(3),
        alt: Some("other".into()),
        caption: Some("By A & B".into()),
        label: None,
    };
    let html = render(&Prose::new("![](c.png)", 0), &[image], &RenderOptions::default()).html;
    assert_eq!(
        html,
        "<figure><img src=\"/i/%C3%A9.png\" alt=\"other\" width=\"4\" height=\"3\" loading=\"lazy\">\
         <figcaption>By A &amp; B</figcaption></figure>\n"
    );
}

#[test]
fn an_image_of_another_site_is_a_link_to_it() {
    is(
        "![a](https://b.example/c.png)\n",
        "<p><a href=\"https://b.example/c.png\" rel=\"external\">a</a></p>\n",
    );
    is(
        "![](https://b.example/c.png)\n",
        "<p><a href=\"https://b.example/c.png\" rel=\"external\">Image</a></p>\n",
    );
    is(
        "[![a](https://b.example/c.png)](https://d.example/)\n",
        "<p><a href=\"https://d.example/\" rel=\"external\">a</a></p>\n",
    );
}

#[test]
fn names_in_the_words_of_an_image_are_words() {
    assert_eq!(targets("![a [[B|c]]](d.png)").len(), 1);
    is("![a [[B|c]]](d.png)\n", "<figure><img src=\"d.png\" alt=\"a c\" loading=\"lazy\"></figure>\n");
}
