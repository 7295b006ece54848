use super::*;

#[test]
fn harmless_html_stays() {
    is("a <b>b</b> <kbd>c</kbd><br>d\n", "<p>a <b>b</b> <kbd>c</kbd><br>d</p>\n");
    is(
        "<details>\n<summary>a</summary>\n\n*b*\n\n</details>\n",
        "<details>\n<summary>a</summary>\n<p><em>b</em></p>\n</details>\n",
    );
    is("<p dir=\"rtl\" lang=\"ar\">a</p>\n", "<p dir=\"rtl\" lang=\"ar\">a</p>\n");
}

#[test]
fn what_was_left_open_is_closed() {
    is("<div>\n\na\n", "<div>\n<p>a</p>\n</div>");
    is("a <b>b\n\nc\n", "<p>a <b>b</b></p><b>\n<p>c</p>\n</b>");
    is("</section></div>a\n", "a\n");
}

#[test]
fn generated_html_comes_through_the_sanitiser_as_it_was() {
    let text = "# A b\n\n[[A]] [@x] b[^1] ![c](d.png) ![e](https://f.example/)\n\n![g](h.png \"i\")\n\n- [x] j\n\n```k\nl\n```\n\n\
                | m |\n|:-:|\n| n |\n\n::: tlp red\no\n:::\n\n[^1]: p\n";
    let plain = html(text);
    let cleaned = html(&format!("{text}\n<i>q</i>\n"));
    let same = cleaned
        .replace("<p><i>q</i></p>\n", "")
        .replace("disabled=\"\"", "disabled")
        .replace("checked=\"\"", "checked");
    let sorted = |html: &str| -> Vec<String> {
        let mut words: Vec<String> = html.split([' ', '>']).map(String::from).collect();
        words.sort();
        words
    };
    assert_eq!(sorted(&same), sorted(&plain));
}

#[test]
fn ids_of_authors_never_take_those_of_the_page() {
    is("<i id=\"a\">x</i>\n\n# A\n", "<p><i>x</i></p>\n<h2 id=\"a\">A</h2>\n");
    is("<i id=\"b\">x</i> <i id=\"b\">y</i>\n", "<p><i id=\"b\">x</i> <i>y</i></p>\n");
    let taken = ["main".to_owned()];
    let options = RenderOptions { taken: &taken, ..RenderOptions::default() };
    assert_eq!(rendered_with("<i id=\"main\">x</i>\n", &options).html, "<p><i>x</i></p>\n");
}

#[test]
fn raw_images_become_their_words() {
    is("<img src=\"https://a.example/b.png\" alt=\"c <d>\">\n", "c &lt;d&gt;\n");
    is("a <img src=\"b.png\"> c\n", "<p>a  c</p>\n");
}

#[test]
fn unknown_classes_and_styles_are_taken_away() {
    is("<p class=\"x align-left\" style=\"color:red\">a</p>\n", "<p class=\"align-left\">a</p>\n");
}

#[test]
fn unsafe_html_stands_as_it_is() {
    let options = RenderOptions { unsafe_html: true, ..RenderOptions::default() };
    let text = "<script>x</script>\n\n<!-- a -->\n";
    assert_eq!(rendered_with(text, &options).html, "<script>x</script>\n<!-- a -->\n");
    let mut diagnostics = Diagnostics::new();
    outline(&Prose::new(text, 0), &SourcePath::new("a.md"), true, &mut diagnostics);
    assert_eq!(diagnostics, Diagnostics::new());
}
