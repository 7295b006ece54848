use super::*;
use crate::model::Tlp;

fn marked(text: &str) -> Vec<(&str, Tlp)> {
    let (outline, diagnostics) = outlined(text);
    assert_eq!(diagnostics.count(Severity::Error), 0, "{text}: {diagnostics:?}");
    outline.marked.iter().map(|block| (&text[block.range.clone()], block.tlp)).collect()
}

#[test]
fn a_marked_block_is_whole_lines_from_fence_to_fence() {
    let text = "a\n::: tlp amber\nb\n:::\nc\n";
    assert_eq!(marked(text), [("::: tlp amber\nb\n:::\n", Tlp::Amber)]);
    is(
        text,
        "<p>a</p>\n<section class=\"marked\" aria-label=\"TLP:AMBER\">\n<p class=\"tlp\" data-tlp=\"AMBER\" translate=\"no\" lang=\"en\" dir=\"ltr\">TLP:AMBER</p>\n\
         <p>b</p>\n</section>\n<p>c</p>\n",
    );
}

#[test]
fn a_label_is_read_however_it_is_written() {
    for fence in [
        ":::tlp amber",
        "::: TLP:AMBER",
        "::::tlp amber",
        "::: tlp  Amber",
        "  ::: tlp: amber",
        "::: tlp:amber :::",
        ":::\ttlp\tamber",
        "\u{200B}> ::: tlp amber",
    ] {
        let text = format!("{fence}\nb\n:::\n");
        let (outline, _) = outlined(&text);
        assert_eq!(outline.marked.len(), 1, "{fence}");
        assert_eq!(outline.marked[0].tlp, Tlp::Amber, "{fence}");
    }
    assert_eq!(marked("::: tlp amber+strict\n:::\n")[0].1, Tlp::AmberStrict);
}

#[test]
fn blocks_nest_and_close_the_innermost() {
    let text = "::: tlp green\na\n\n:::: tlp red\nb\n:::\nc\n:::\n";
    assert_eq!(marked(text), [(text, Tlp::Green), (":::: tlp red\nb\n:::\n", Tlp::Red)]);
    let html = html(text);
    assert_eq!(html.matches("<section").count(), 2);
    assert_eq!(html.matches("</section>").count(), 2);
}

#[test]
fn blocks_stand_in_items_and_quotations() {
    assert_eq!(
        marked("- a\n\n  ::: tlp red\n  b\n  :::\n- c\n"),
        [("  ::: tlp red\n  b\n  :::\n", Tlp::Red)]
    );
    assert_eq!(marked("> ::: tlp red\n> b\n> :::\n"), [("> ::: tlp red\n> b\n> :::\n", Tlp::Red)]);
    is(
        "- a\n::: tlp red\n- b\n:::\n- c\n",
        "<ul>\n<li>a</li>\n</ul>\n<section class=\"marked\" aria-label=\"TLP:RED\">\n<p class=\"tlp\" data-tlp=\"RED\" translate=\"no\" lang=\"en\" dir=\"ltr\">TLP:RED</p>\n\
         <ul>\n<li>b</li>\n</ul>\n</section>\n<ul>\n<li>c</li>\n</ul>\n",
    );
}

#[test]
fn colons_in_code_are_text() {
    for text in ["```\n::: tlp red\n```\n", "    ::: tlp red\n", "~~~\n:::\n~~~\n", "- a\n\n      :::\n"] {
        assert_eq!(codes(text), [""; 0], "{text}");
        assert!(html(text).contains(":::"), "{text}");
    }
    is("\\::: tlp red\n", "<p>::: tlp red</p>\n");
    is("a ::: b\n", "<p>a ::: b</p>\n");
}

#[test]
fn code_in_a_marked_block_hides_its_end() {
    assert_eq!(codes("::: tlp red\n```\na\n:::\nb\n"), ["unclosed-block"]);
}

#[test]
fn every_way_to_end_a_line_ends_a_fence() {
    for end in ["\n", "\r\n", "\r"] {
        let text = format!("a{end}::: tlp red{end}b{end}:::{end}c");
        let cut = format!("::: tlp red{end}b{end}:::{end}");
        assert_eq!(marked(&text), [(&*cut, Tlp::Red)], "{text:?}");
    }
}

#[test]
fn a_block_that_is_cut_out_leaves_no_trace() {
    for (with, without) in [
        ("a\n\n::: tlp red\nb\n:::\n\nc\n", "a\n\n\nc\n"),
        ("- a\n::: tlp red\n- b\n:::\n- c\n", "- a\n- c\n"),
        ("> a\n> ::: tlp red\n> b\n> :::\n> c\n", "> a\n> c\n"),
        ("1. a\n\n   ::: tlp red\n   b\n   :::\n2. c\n", "1. a\n\n2. c\n"),
    ] {
        let ranges: Vec<_> = outlined(with).0.marked.into_iter().map(|block| block.range).collect();
        let cut = Prose::new(with, 0).without(&ranges);
        assert_eq!(cut.text(), without);
    }
}

#[test]
fn no_mistyped_fence_is_published_as_text() {
    for text in [
        "::: tlp ambr\na\n:::\n",
        "::: tlp\na\n:::\n",
        "::: tpl amber\na\n:::\n",
        "::: amber\na\n:::\n",
        "::: {.tlp amber}\na\n:::\n",
        "::: **tlp** amber\na\n:::\n",
        "- ::: tlp amber\n  a\n  :::\n",
        "1. ::: tlp amber\n",
        "# ::: tlp amber\n",
        "| ::: tlp amber |\n|---|\n",
        "<div>\n::: tlp amber\na\n:::\n</div>\n",
        "a\n    ::: tlp amber\nb\n    :::\n",
        "[^1]: ::: tlp amber\n",
        "- [ ] ::: tlp amber\n",
        "a\u{2028}::: tlp amber\u{2028}b\n",
        "\u{FEFF}::: tlp amber\na\n:::\n",
        "::: tlp amber\n",
        ":::\n",
        "- ::: tlp amber\n",
        "- a\n\n  ::: tlp red\n  b\n\nc\n:::\n",
        "::: tlp red\n\n- a\n\n  :::\n",
    ] {
        let (_, diagnostics) = outlined(text);
        assert!(diagnostics.has_errors(), "{text}");
        let html = html(text);
        assert_eq!(html.matches("<section").count(), html.matches("</section>").count(), "{text}");
    }
}
