use super::*;

#[test]
fn template_syntax_is_plain_text() {
    is(
        "{{ config.secret }} {% include \"x\" %} {# note #}\n",
        "<p>{{ config.secret }} {% include \"x\" %} {# note #}</p>\n",
    );
    is("## A {{ x }}\n", "<h2 id=\"a-x\">A {{ x }}</h2>\n");
}

#[test]
fn nothing_is_typed_anew() {
    is("\"a\" -- 'b'... :) $x$\n", "<p>\"a\" -- 'b'... :) $x$</p>\n");
    is("---\ntitle: a\n---\n", "<hr>\n<h2 id=\"title-a\">title: a</h2>\n");
}

#[test]
fn controls_that_html_forbids_are_replaced() {
    is("a\0b\u{1}c\u{c}d\n", "<p>a\u{FFFD}b\u{FFFD}c\u{FFFD}d</p>\n");
}

#[test]
fn headings_begin_under_the_title_and_skip_no_level() {
    let levels = |text: &str| -> Vec<u8> {
        rendered_with(text, &RenderOptions::default()).headings.iter().map(|heading| heading.level).collect()
    };
    assert_eq!(levels("# a\n\n## b\n\n# c\n"), [2, 3, 2]);
    assert_eq!(levels("### a\n\n##### b\n\n## c\n\n### d\n"), [2, 3, 2, 3]);
    assert_eq!(levels("# a\n\n#### b\n\n### c\n\n#### d\n"), [2, 3, 3, 4]);
    assert_eq!(levels("# 1\n\n## 2\n\n### 3\n\n#### 4\n\n##### 5\n\n###### 6\n"), [2, 3, 4, 5, 6, 6]);
    let deeper = RenderOptions { top_heading: 4, ..RenderOptions::default() };
    assert_eq!(rendered_with("# a\n", &deeper).html, "<h4 id=\"a\">a</h4>\n");
}

#[test]
fn ids_of_headings_are_unique_and_never_empty() {
    is(
        "# A b\n\n# A b\n\n# ?\n\n# !\n\n# عربي\n",
        "<h2 id=\"a-b\">A b</h2>\n<h2 id=\"a-b-2\">A b</h2>\n<h2 id=\"section\">?</h2>\n\
         <h2 id=\"section-2\">!</h2>\n<h2 id=\"عربي\">عربي</h2>\n",
    );
}

#[test]
fn a_heading_gets_the_id_that_it_asks_for_wherever_it_stands() {
    is("# x\n\n# Why {#x}\n", "<h2 id=\"x-2\">x</h2>\n<h2 id=\"x\">Why</h2>\n");
    is("# a \\{#x}\n", "<h2 id=\"a-x\">a {#x}</h2>\n");
    is("# a {#x} b\n", "<h2 id=\"a-x-b\">a {#x} b</h2>\n");
    is("# a {#x onclick=b}\n", "<h2 id=\"a-x-onclick-b\">a {#x onclick=b}</h2>\n");
    is("# a {.big}\n", "<h2 id=\"a-big\">a {.big}</h2>\n");
    is("# a {#fn:1}\n", "<h2 id=\"a-fn-1\">a {#fn:1}</h2>\n");
    is("a {#x}\n", "<p>a {#x}</p>\n");
}

#[test]
fn ids_avoid_those_of_the_page_and_take_the_prefix() {
    let taken = ["s1-direct-talks".to_owned()];
    let options = RenderOptions { taken: &taken, id_prefix: "s1-", ..RenderOptions::default() };
    let rendering = rendered_with("# Direct talks\n\na[^1]\n\n[^1]: b\n", &options);
    assert!(rendering.html.contains("<h2 id=\"s1-direct-talks-2\">"), "{}", rendering.html);
    assert!(rendering.html.contains("href=\"#s1-fn:1\" id=\"s1-fnref:1\""), "{}", rendering.html);
}

#[test]
fn an_outline_knows_the_headings_as_they_will_stand() {
    let (outline, _) = outlined("## The `code` of [[Hamas|them]] {#c}\n\n### ?\n");
    let headings: Vec<_> = outline.headings.iter().map(|h| (h.level, &*h.text, &*h.id, h.explicit)).collect();
    assert_eq!(headings, [(2, "The code of them", "c", true), (3, "?", "section", false)]);
}

#[test]
fn tables_scroll_and_align_by_class() {
    is(
        "| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |\n",
        "<div class=\"table-scroll\" tabindex=\"0\"><table><thead><tr><th scope=\"col\" class=\"align-left\">a</th>\
         <th scope=\"col\" class=\"align-center\">b</th><th scope=\"col\" class=\"align-right\">c</th></tr></thead>\
         <tbody>\n<tr><td class=\"align-left\">1</td><td class=\"align-center\">2</td>\
         <td class=\"align-right\">3</td></tr>\n</tbody></table></div>\n",
    );
    is(
        "| a |\n|---|\n",
        "<div class=\"table-scroll\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">a</th></tr></thead></table></div>\n",
    );
}

#[test]
fn tasks_have_boxes_that_say_what_they_show() {
    is(
        "- [x] a\n- [ ] b\n",
        "<ul>\n<li><input type=\"checkbox\" disabled checked aria-label=\"Done\"> a</li>\n\
         <li><input type=\"checkbox\" disabled aria-label=\"To do\"> b</li>\n</ul>\n",
    );
}

#[test]
fn struck_text_is_deleted_text() {
    is("~~a~~\n", "<p><del>a</del></p>\n");
}

#[test]
fn code_names_its_language_and_can_be_scrolled_by_keyboard() {
    is(
        "```rust ignore\n[[a]] <b> {{ x }}\n```\n",
        "<pre tabindex=\"0\"><code class=\"language-rust\">[[a]] &lt;b&gt; {{ x }}\n</code></pre>\n",
    );
}

#[test]
fn footnotes_are_numbered_as_readers_meet_them() {
    is(
        "a[^z] b[^a] c[^z]\n\n[^a]: One.\n[^z]: Two.\n",
        "<p>a<sup class=\"footnote\"><a href=\"#fn:1\" id=\"fnref:1\" role=\"doc-noteref\">1</a></sup> \
         b<sup class=\"footnote\"><a href=\"#fn:2\" id=\"fnref:2\" role=\"doc-noteref\">2</a></sup> \
         c<sup class=\"footnote\"><a href=\"#fn:1\" id=\"fnref:1:2\" role=\"doc-noteref\">1</a></sup></p>\n\
         <section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\">\n<ol>\n\
         <li id=\"fn:1\"><p>Two. <a class=\"footnote-back\" href=\"#fnref:1\" role=\"doc-backlink\" \
         aria-label=\"Back to text 1\">↩</a> <a class=\"footnote-back\" href=\"#fnref:1:2\" role=\"doc-backlink\" \
         aria-label=\"Back to text 2\">↩</a></p></li>\n\
         <li id=\"fn:2\"><p>One. <a class=\"footnote-back\" href=\"#fnref:2\" role=\"doc-backlink\" \
         aria-label=\"Back to text\">↩</a></p></li>\n</ol>\n</section>\n",
    );
}

#[test]
fn a_footnote_that_only_an_unread_one_refers_to_is_not_shown() {
    is("a\n\n[^1]: b[^2]\n\n[^2]: c\n", "<p>a</p>\n");
    assert!(html("a[^1]\n\n[^1]: b[^2]\n\n[^2]: c\n").contains("<li id=\"fn:2\"><p>c "));
    assert_eq!(html("a[^1]\n\n[^1]: b\n\n[^1]: c[^1]\n").matches("fnref:1").count(), 2);
}

#[test]
fn plain_text_is_words_only() {
    let text = "# T *a* {#x}\n\nOne [[Hamas|two]]\nthree[^1] [@jpost].\n\n- a\n- b `c`\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n\
                ![alt](x.png)\n\n<div>raw <b>h</b>&amp;<script>no</script></div>\n\n<!-- note -->\n\n[^1]: note\n";
    assert_eq!(plain_text(&Prose::new(text, 0)), "T a\nOne two\nthree .\na\nb c\nx y\n1 2\nraw h&\nnote");
}

#[test]
fn more_ends_the_summary_and_notes_are_not_shown() {
    let text = "a\n\n<!-- more -->\n\nb <!-- a note --> c\n";
    assert_eq!(outlined(text).0.summary_end, Some(3));
    assert_eq!(said(text), [""; 0]);
    is(text, "<p>a</p>\n<p>b  c</p>\n");
    assert_eq!(outlined("a <!--more--> b").0.summary_end, Some(2));
}
