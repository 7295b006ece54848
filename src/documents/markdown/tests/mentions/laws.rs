use proptest::prelude::*;

use super::*;

const NAMES: [&str; 8] = ["Hamas", "Gaza", "Gaza City", "US", "السنوار", "חמאס", "哈马斯", "하마스"];

/// Names, marks of quotation and what Markdown and HTML have.
const TOKENS: [&str; 104] = [
    "Hamas",
    "HAMAS",
    "Gaza",
    " Gaza City ",
    "Gaza\nCity",
    "US",
    "للسنوار",
    "وحماس",
    "لחמאס",
    "לחמאס",
    "哈马斯",
    "하마스는",
    "tan",
    "'s",
    "\"",
    "'",
    "“",
    "”",
    "‘",
    "’",
    "„",
    "«",
    "»",
    "「",
    "」",
    "״",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "[",
    "](x.md)",
    "](https://a.example)",
    "[[Hamas]]",
    "[[Nobody]]",
    "[[!Gaza]]",
    "[[",
    "]]",
    "[@a]",
    "[@nobody]",
    "[@",
    "![Hamas](a.jpg)",
    "[^1]",
    "\n\n[^1]: ",
    "[^2]",
    "\n\n[^2]: ",
    "\n\n",
    "\n",
    " ",
    " ",
    " ",
    "\n> ",
    "\n- ",
    "\n# ",
    "| a | b |\n|---|---|\n| ",
    " | ",
    "<q>",
    "</q>",
    "<b>",
    "</b>",
    "<a href=\"/y/\">",
    "</a>",
    "<blockquote>",
    "</blockquote>",
    "\n\n<div>\n\n",
    "\n\n</div>\n\n",
    "<br>",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "</td>",
    "<ul>",
    "<li>",
    "<p>",
    "</p>",
    "<code>",
    "</code>",
    "<h2>",
    "</h2>",
    "<details>",
    "<summary>",
    "<select>",
    "<svg>",
    "</svg>",
    "<!-- x -->",
    "<script>",
    "</script>",
    "<textarea>",
    "</textarea>",
    "\n\n::: tlp amber\n",
    "\n:::\n",
    "\\",
    "&quot;",
    "&amp;",
    "https://a.b/",
    "www.",
    "@",
    ".",
    "e\u{301}",
    "\u{200F}",
    "\u{AD}",
    "\u{A0}",
];

/// Some of them, in any order.
fn mixture() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&TOKENS[..]), 0..40).prop_map(|tokens| tokens.concat())
}

/// `html` without the links that lead to a mention.
fn without_links(html: &str) -> String {
    let mut bare = String::new();
    let mut rest = html;
    while let Some(at) = rest.find("<a href=\"/mention/\">") {
        bare.push_str(&rest[..at]);
        let words = &rest[at + "<a href=\"/mention/\">".len()..];
        let end = words.find("</a>").expect("an anchor is closed");
        assert!(!words[..end].contains('<'), "{html}");
        bare.push_str(&words[..end]);
        rest = &words[end + "</a>".len()..];
    }
    bare + rest
}

/// No link to a mention begins in another link.
fn no_anchor_in_an_anchor(html: &str) -> bool {
    let mut open = 0;
    tags::tags(html).iter().filter(|tag| tag.name == "a").all(|tag| {
        let outside = open == 0;
        open = if tag.closing { open - 1 } else { open + 1 };
        outside || tag.attributes.iter().all(|(_, value)| *value != "/mention/")
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn links_of_mentions_change_nothing_else(text in mixture()) {
        let names = Names::new(NAMES.into_iter().zip(0..));
        let prose = Prose::new(&text, 0);
        let mut mentions = links(&prose, &names);
        for mention in &mut mentions {
            mention.href = "/mention/".to_owned();
        }
        for unsafe_html in [false, true] {
            let options = RenderOptions { unsafe_html, ..RenderOptions::default() };
            let bare = rendered_with(&text, &options);
            let linked = rendered_with(&text, &RenderOptions { mentions: &mentions, ..options });
            prop_assert_eq!(without_links(&linked.html), bare.html);
            prop_assert_eq!(linked.headings, bare.headings);
            prop_assert_eq!(linked.html.matches("/mention/").count(), mentions.len(), "{}", linked.html);
            prop_assert!(unsafe_html || no_anchor_in_an_anchor(&linked.html), "{}", linked.html);
        }
    }

    #[test]
    fn the_words_of_a_mention_are_its_name(text in mixture()) {
        let names = Names::new(NAMES.into_iter().zip(0..));
        let mut last = 0;
        for mention in mentions(&Prose::new(&text, 0), &names, &|_| true) {
            prop_assert!(mention.source.start >= last);
            last = mention.source.end;
            let words = &text[mention.source];
            if !words.contains(['&', '\\']) {
                let named = names.in_words(words);
                prop_assert_eq!(named.len(), 1, "{:?}", words);
                prop_assert_eq!(&named[0].range, &(0..words.len()));
                prop_assert_eq!(&named[0].owners, &mention.owners);
            }
        }
    }

    #[test]
    fn any_words_are_read_to_the_end(text in "\\PC{0,60}", name in "\\PC{2,6}") {
        let names = Names::new([(&*name, 0), ("a", 1), ("aa", 2)]);
        for named in names.in_words(&text) {
            prop_assert!(text.get(named.range).is_some_and(|words| !words.is_empty()));
        }
        mentions(&Prose::new(&text, 0), &names, &|_| true);
    }
}
