#![allow(clippy::single_range_in_vec_init, reason = "a list of one range is what is meant")]

use proptest::prelude::*;

use super::*;

/// Pieces of text that mean something, in any order.
fn mixture() -> impl Strategy<Value = String> {
    let tokens = prop::sample::select(vec![
        "[[",
        "]]",
        "[",
        "]",
        "[@",
        "[@a]",
        "[[a]]",
        "[[a|b]]",
        "|",
        "!",
        "![",
        "](x.md)",
        "](javascript:x)",
        "(",
        ")",
        ":::",
        "::: tlp red",
        "\n:::\n",
        "\n::: tlp amber\n",
        "\n::: claim {by=a}\n",
        "::: event {on=2025 by=\"",
        "\n",
        "\n\n",
        "\r",
        "\r\n",
        "\0",
        "<",
        ">",
        "<b>",
        "</b>",
        "<div>",
        "</div>",
        "<!--",
        "-->",
        "<script>",
        "<img src=x>",
        "`",
        "```",
        "~~~",
        "*",
        "**",
        "_",
        "~~",
        "#",
        "# ",
        "{#a}",
        "{{ x }}",
        "> ",
        "- ",
        "1. ",
        "- [ ] ",
        "    ",
        "\t",
        " ",
        "\\",
        "&amp;",
        "&#91;",
        "&",
        "[^1]",
        "\n[^1]: ",
        "\n[a]: b\n",
        "| a | b |\n|---|---|\n",
        "مرحبا",
        "שלום",
        "😀",
        "e\u{301}",
        "\u{200F}",
        "\u{FEFF}",
        "a",
        "word",
        "https://a.example/",
        "<x@y.z>",
        "***",
        "---",
        "===",
    ]);
    prop::collection::vec(tokens, 0..40).prop_map(|tokens| tokens.concat())
}

fn checked(text: &str) {
    let (outline, _) = outlined(text);
    let prose = Prose::new(text, 7);
    for reference in &outline.references {
        assert!(text.get(reference.range.clone()).is_some(), "{text:?} {reference:?}");
    }
    for form in &outline.forms {
        assert!(text.get(form.range.clone()).is_some(), "{text:?} {form:?}");
        assert!(text.get(form.inside.clone()).is_some(), "{text:?} {form:?}");
        let bounds =
            (form.range.start, form.written.start, form.inside.start, form.inside.end, form.written.end);
        assert!(bounds.0 <= bounds.1 && bounds.1 < bounds.2 && bounds.2 <= bounds.3, "{text:?} {form:?}");
        assert!(bounds.3 <= bounds.4 && bounds.4 <= form.range.end, "{text:?} {form:?}");
    }
    assert!(outline.forms.windows(2).all(|two| two[0].range.end <= two[1].range.start), "{text:?}");
    for block in &outline.marked {
        assert!(text.get(block.range.clone()).is_some(), "{text:?} {block:?}");
    }
    let resolutions: Vec<Resolution> =
        outline.references.iter().map(|reference| resolution(&reference.target)).collect();
    for unsafe_html in [false, true] {
        let options = RenderOptions { unsafe_html, ..RenderOptions::default() };
        let rendering = render(&prose, &resolutions, &options);
        assert_eq!(rendering.references, outline.references.len(), "{text:?}");
        let same = |heading: (&RenderedHeading, &Heading)| {
            heading.0.id == heading.1.id && heading.0.text == heading.1.text
        };
        assert!(rendering.headings.iter().zip(&outline.headings).all(same), "{text:?}");
        assert_eq!(rendering.headings.len(), outline.headings.len());
        let sorts: Vec<FormSort> = rendering.cuts.iter().map(|cut| cut.sort).collect();
        assert_eq!(sorts, outline.forms.iter().map(|form| form.sort).collect::<Vec<_>>(), "{text:?}");
        if !unsafe_html {
            well_formed(&rendering.html, text);
            rendering.pieces().for_each(|piece| well_formed(piece, text));
        }
    }
    plain_text(&prose);
    let forms = outline.forms.into_iter().map(|form| form.range);
    let ranges: Vec<_> = outline.marked.into_iter().map(|block| block.range).chain(forms).collect();
    let cut = prose.without(&ranges);
    let rewritten = Prose::new(cut.text(), 0);
    assert_eq!(
        render(&cut, &[], &RenderOptions::default()),
        render(&rewritten, &[], &RenderOptions::default())
    );
}

/// Tags are balanced and no id stands twice.
fn well_formed(html: &str, text: &str) {
    let mut open = Vec::new();
    let mut ids = std::collections::BTreeSet::new();
    for tag in tags::tags(html) {
        if tag.closing {
            assert_eq!(open.pop().as_ref(), Some(&tag.name), "{text:?}\n{html}");
            continue;
        }
        for (name, value) in &tag.attributes {
            assert!(name != "id" || ids.insert(value.to_string()), "{text:?}\n{html}");
        }
        if !matches!(&*tag.name, "br" | "hr" | "img" | "input" | "col" | "wbr") {
            open.push(tag.name);
        }
    }
    assert!(open.is_empty(), "{text:?}\n{html}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_to_the_end(text in "\\PC{0,80}") {
        checked(&text);
    }

    #[test]
    fn any_mixture_of_marks_is_read_to_the_end(text in mixture()) {
        checked(&text);
    }

    #[test]
    fn prose_without_a_part_is_prose_that_never_had_it(
        before in mixture(),
        part in mixture(),
        after in mixture(),
        offset in 0usize..100,
    ) {
        let with = Prose::new(&format!("{before}{part}{after}"), offset);
        let cut = with.without(&[before.len()..before.len() + part.len()]);
        prop_assert_eq!(cut.text(), format!("{before}{after}"));
        let path = SourcePath::new("a.md");
        for (at, _) in after.char_indices() {
            let moved = before.len() + at;
            let span = cut.span(&path, moved..moved + 1);
            prop_assert_eq!(span.start as usize, offset + before.len() + part.len() + at);
            prop_assert_eq!(span.end - span.start, 1);
        }
    }

    #[test]
    fn what_is_cut_twice_is_cut_as_if_at_once(
        text in "[a-zé\n]{0,40}",
        mut cuts in prop::collection::vec(0usize..50, 4),
    ) {
        for cut in &mut cuts {
            *cut = (0..=text.len().min(*cut)).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        }
        cuts.sort_unstable();
        let whole = Prose::new(&text, 3);
        let at_once = whole.without(&[cuts[0]..cuts[1], cuts[2]..cuts[3]]);
        let later = whole.without(&[cuts[2]..cuts[3]]).without(&[cuts[0]..cuts[1]]);
        let path = SourcePath::new("a.md");
        prop_assert_eq!(at_once.text(), later.text());
        for at in 0..at_once.text().len() {
            prop_assert_eq!(at_once.span(&path, at..at + 1), later.span(&path, at..at + 1));
        }
    }
}

#[test]
fn ranges_that_overlap_or_lie_outside_are_cut_once() {
    let prose = Prose::new("abcdef", 10);
    let (whole, none) = (0..99, 4..4);
    assert_eq!(prose.without(&[3..5, 1..4]).text(), "af");
    assert_eq!(prose.without(&[none]).text(), "abcdef");
    assert!(prose.without(&[whole]).is_empty());
    assert_eq!(Prose::new("aéb", 0).without(&[2..3]).text(), "ab");
}
