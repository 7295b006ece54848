use super::*;

#[track_caller]
fn says(text: &str, expected: &[&str]) {
    assert_eq!(said(text), expected, "{text}");
}

#[test]
fn good_prose_is_passed_in_silence() {
    says("# a\n\n[[b]] [@c] [d](e.md)[^f] ![g](h.png) <b>i</b>\n\n[^f]: j\n", &[]);
}

#[test]
fn addresses_that_are_refused() {
    says(
        "a [b](javascript:c)\n",
        &[
            "warning[refused-url] at \"[b](javascript:c)\": this address is not linked; help: link to `https:`, `http:`, `mailto:`, `tel:` or a file of the archive",
        ],
    );
    says(
        "![b](data:c)\n",
        &[
            "warning[refused-url] at \"![b](data:c)\": this address is not linked; help: link to `https:`, `http:`, `mailto:`, `tel:` or a file of the archive",
        ],
    );
}

#[test]
fn links_and_images_without_an_address() {
    says(
        "[a]()\n",
        &[
            "warning[empty-link] at \"[a]()\": a link without an address is shown as its words; help: write the address between `(` and `)`",
        ],
    );
    says(
        "![a](<>)\n",
        &[
            "warning[empty-link] at \"![a](<>)\": an image without a file is shown as its words; help: write the file between `(` and `)`",
        ],
    );
}

#[test]
fn an_image_of_another_site() {
    says(
        "![a](https://b.example/c.png)\n",
        &[
            "warning[remote-image] at \"![a](https://b.example/c.png)\": an image of another site is shown as a link; help: save it beside the text and write its file name",
        ],
    );
}

#[test]
fn an_image_without_words() {
    // Those of a file in the archive may stand in its sidecar.
    says("![](a.png)\n", &[]);
    says(
        "![](https://b.example/c.png)\n",
        &[
            "warning[image-without-alt] at \"![](https://b.example/c.png)\": the image has no words that stand for it; help: write `![what it shows](FILE)`",
            "warning[remote-image] at \"![](https://b.example/c.png)\": an image of another site is shown as a link; help: save it beside the text and write its file name",
        ],
    );
}

#[test]
fn html_that_is_removed() {
    says(
        "a <script>b</script> c\n",
        &[
            "warning[removed-html] at \"<script>\": `<script>` is not allowed and was removed; help: write it in Markdown, or leave it out",
        ],
    );
    says(
        "<b onclick=\"x()\" style=\"y\">a</b>\n",
        &[
            "warning[removed-html] at \"<b onclick=\\\"x()\\\" style=\\\"y\\\">\": the attribute `onclick` is not allowed and was removed; help: write it in Markdown, or leave it out",
            "warning[removed-html] at \"<b onclick=\\\"x()\\\" style=\\\"y\\\">\": the attribute `style` is not allowed and was removed; help: write it in Markdown, or leave it out",
        ],
    );
    says(
        "> <p>\n> <iframe src=\"a\">b<b></iframe>\n",
        &[
            "warning[removed-html] at \"<p>\\n> <iframe src=\\\"a\\\">b<b></iframe>\\n\": `<iframe>` is not allowed and was removed; help: write it in Markdown, or leave it out",
        ],
    );
    says(
        "<img src=\"a.png\">\n",
        &[
            "warning[removed-html] at \"<img src=\\\"a.png\\\">\": `<img>` is not allowed and was removed; help: write `![what it shows](FILE)`",
        ],
    );
    says(
        "<a href=\"java&#115;cript:b\">c</a>\n",
        &[
            "warning[removed-html] at \"<a href=\\\"java&#115;cript:b\\\">\": the attribute `href` is not allowed and was removed; help: write it in Markdown, or leave it out",
        ],
    );
}

#[test]
fn references_that_are_not_read() {
    says(
        "a [[b c\n",
        &[
            "warning[unread-reference] at \"[[\": `[[` is read as text here; help: write `[[NAME]]` or `[[NAME|words]]` with nothing but words in it; for plain brackets write `\\[[`",
        ],
    );
    says(
        "[[ ]]\n",
        &[
            "warning[unread-reference] at \"[[ ]]\": `[[` is read as text here; help: write `[[NAME]]` or `[[NAME|words]]` with nothing but words in it; for plain brackets write `\\[[`",
        ],
    );
    says(
        "[[a *b*]]\n",
        &[
            "warning[unread-reference] at \"[[\": `[[` is read as text here; help: write `[[NAME]]` or `[[NAME|words]]` with nothing but words in it; for plain brackets write `\\[[`",
        ],
    );
    says(
        "[[a [[b]]\n",
        &[
            "warning[unread-reference] at \"[[\": `[[` is read as text here; help: write `[[NAME]]` or `[[NAME|words]]` with nothing but words in it; for plain brackets write `\\[[`",
        ],
    );
}

#[test]
fn citations_that_are_not_read() {
    says(
        "a [@b, p. 3]\n",
        &[
            "warning[unread-citation] at \"[@b, p. 3]\": this is no citation and is read as text; help: write `[@ID]` or `[@ID; @ID]`; for plain brackets write `\\[@`",
        ],
    );
    says(
        "[@]\n",
        &[
            "warning[unread-citation] at \"[@]\": this is no citation and is read as text; help: write `[@ID]` or `[@ID; @ID]`; for plain brackets write `\\[@`",
        ],
    );
}

#[test]
fn footnotes_without_the_other_half() {
    says(
        "a[^b]\n",
        &[
            "warning[missing-footnote] at \"[^b]\": there is no such footnote; help: define it with `[^LABEL]: ...` at the beginning of a line; for plain brackets write `\\[^`",
        ],
    );
    says(
        "[^b]: c\n",
        &[
            "warning[unused-footnote] at \"[^b]\": nothing refers to the footnote `b`, and it is left out; help: write `[^b]` where it belongs",
        ],
    );
    says(
        "a[^b]\n\n[^b]: c\n\n[^B]: d\n",
        &[
            "warning[duplicate-footnote] at \"[^B]\": a second footnote `B` is left out; help: give it another label",
        ],
    );
}

#[test]
fn ids_that_are_asked_for_twice() {
    says(
        "# a {#x}\n\n# b {#x}\n",
        &["warning[duplicate-id] at \"b {#x}\": the id `x` is asked for twice; help: choose another id"],
    );
}

#[test]
fn labels_that_there_are_not() {
    says(
        "::: tlp ambr\n:::\n",
        &["error[unknown-label] at \"::: tlp ambr\": there is no label `ambr`; help: did you mean `amber`?"],
    );
    says(
        "::: tlp amber strict\n:::\n",
        &[
            "error[unknown-label] at \"::: tlp amber strict\": there is no label `amber strict`; help: did you mean `amber+strict`?",
        ],
    );
    says(
        "::: tlp secret\n:::\n",
        &[
            "error[unknown-label] at \"::: tlp secret\": there is no label `secret`; help: write one of `CLEAR`, `GREEN`, `AMBER`, `AMBER+STRICT` or `RED`",
        ],
    );
    says(
        "::: tlp\n:::\n",
        &[
            "error[unknown-label] at \"::: tlp\": `::: tlp` without a label; help: write one of `CLEAR`, `GREEN`, `AMBER`, `AMBER+STRICT` or `RED`",
        ],
    );
}

#[test]
fn blocks_that_there_are_not() {
    says(
        "::: amber\n:::\n",
        &[
            "error[unknown-block] at \"::: amber\": there is no block `amber`; help: did you mean `::: tlp amber`?",
        ],
    );
    says(
        "::: warning\n:::\n",
        &[
            "error[unknown-block] at \"::: warning\": there is no block `warning`; help: the blocks that there are begin with `::: tlp LABEL`, `::: claim {...}` and `::: event {...}`",
        ],
    );
    says(
        "::: clam {#a by=\"B\"}\n:::\n",
        &[
            "error[unknown-block] at \"::: clam {#a by=\\\"B\\\"}\": there is no block `clam {#a by=\"B\"}`; help: did you mean `claim`?",
        ],
    );
}

#[test]
fn blocks_that_are_not_whole() {
    says(
        "::: tlp red\na\n",
        &[
            "error[unclosed-block] at \"::: tlp red\": the block is not closed; help: write `:::` on a line of its own after it",
        ],
    );
    says(
        ":::\n",
        &[
            "error[unopened-block] at \":::\": `:::` closes a block that was not opened; help: remove the line",
        ],
    );
    says(
        "- a\n\n  ::: tlp red\n\nb\n\n:::\n",
        &[
            "error[crossing-block] at \":::\": the block is not closed where it was opened; help: put both fences into the same list item or quotation, or outside of it",
        ],
    );
    says(
        "- ::: tlp red\n",
        &[
            "error[misplaced-fence] at \"::: tlp red\": `:::` is not read as a fence here; help: begin a line with it, after a blank line, outside of raw HTML; for plain colons write `\\:::`",
        ],
    );
    says(
        "<div>\n:::\n</div>\n",
        &[
            "error[misplaced-fence] at \":::\": `:::` is not read as a fence here; help: begin a line with it, after a blank line, outside of raw HTML; for plain colons write `\\:::`",
            "error[unopened-block] at \":::\": `:::` closes a block that was not opened; help: remove the line",
        ],
    );
}

#[test]
fn links_in_raw_html() {
    says(
        "<a href=\"b.md\">a</a> <a href=\"#c\">d</a> <a href=\"https://e.example/\">f</a>\n",
        &[
            "warning[raw-link] at \"<a href=\\\"b.md\\\">\": a link in raw HTML is not checked, and stays as it is; help: write `[words](ADDRESS)`",
        ],
    );
}
