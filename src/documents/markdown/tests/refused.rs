//! Ways in which a text could make a page run or load something.

use super::*;

/// Known vectors: of OWASP's filter evasion sheet, of advisories about sanitisers, and of Markdown itself.
const VECTORS: [&str; 92] = [
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a]( javascript:alert(1))",
    "[a](<java\tscript:alert(1)>)",
    "[a](java&#10;script:alert&#40;1&#41;)",
    "[a](java&#x09;script:alert(1))",
    "[a](java&Tab;script:alert(1))",
    "[a](java&NewLine;script:alert(1))",
    "[a](javascript&colon;alert(1))",
    "[a](javascript&#58;alert(1))",
    "[a](javascript&#x3A;alert(1))",
    "[a](&#1;javascript:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](\u{1}javascript:alert(1))",
    "[a](<\u{a0}javascript:alert(1)>)",
    "[a](\u{200B}javascript:alert(1))",
    "[a](\u{FEFF}javascript:alert(1))",
    "[a](java\\script:alert(1))",
    "[a](javascript\\:alert(1))",
    "[a](vbscript:msgbox(1))",
    "[a](VBSCRIPT:msgbox(1))",
    "[a](data:text/html,<script>alert(1)</script>)",
    "[a](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[a](DATA:text/html,x)",
    "[a](file:///etc/passwd)",
    "[a](blob:https://a.example/x)",
    "[a](view-source:javascript:alert(1))",
    "[a](feed:javascript:alert(1))",
    "[a](jar:javascript:alert(1))",
    "[a](livescript:x)",
    "[a](mocha:x)",
    "[a](filesystem:https://a.example/x)",
    "[a](about:blank)",
    "[a](javascript://%0aalert(1))",
    "[a](javascript:/*--></title></style></textarea></script><svg/onload=alert(1)>)",
    "[a]\n\n[a]: javascript:alert(1)",
    "[a][b]\n\n[b]: <javascript:alert(1)> 'x'",
    "[a]\n\n[a]: java&#115;cript:alert(1)",
    "<javascript:alert(1)>",
    "<JAVASCRIPT:alert(1)>",
    "<data:text/html,x>",
    "<vbscript:x>",
    "![a](javascript:alert(1))",
    "![a](data:image/svg+xml,<svg onload=alert(1)>)",
    "![a](data:image/png;base64,AAAA)",
    "![a](mailto:x@y.example)",
    "![a\" onerror=\"alert(1)](b.png)",
    "![a](b.png\"onerror=\"alert(1))",
    "![a](b.png 'x\" onerror=\"alert(1)')",
    "[a](https://b.example/\"onmouseover=\"alert(1))",
    "[a](https://b.example/ \"x\\\" onmouseover=\\\"alert(1)\")",
    "[[a\" onmouseover=\"alert(1)]]",
    "[[a|<img src=x onerror=alert(1)>]]",
    "# a {#x\" onclick=\"alert(1)}",
    "```x\" onclick=\"alert(1)\na\n```",
    "a[^\"onclick=alert(1)]\n\n[^\"onclick=alert(1)]: b",
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://a.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</script>",
    "<script\n>alert(1)</script\n>",
    "<img src=x onerror=alert(1)>",
    "<img src=\"x\" onerror=\"alert(1)\" />",
    "<img/src=x/onerror=alert(1)>",
    "<img src=x srcset=\"https://a.example/x 2x\">",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=\"javascript:alert(1)\"><text>a</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<math><annotation-xml encoding=\"text/html\"><style><img src=x onerror=alert(1)></style></annotation-xml></math>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<iframe src=\"javascript:alert(1)\"></iframe>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<object data=\"javascript:alert(1)\"></object>",
    "<embed src=\"javascript:alert(1)\">",
    "<form action=\"javascript:alert(1)\"><button>a</button></form>",
    "<button formaction=javascript:alert(1)>a</button>",
    "<input onfocus=alert(1) autofocus>",
    "<a href=\"java&#10;script:alert(1)\">a</a>",
    "<a href=\"&#14; javascript:alert(1)\">a</a>",
    "<a href=javascript&colon;alert(1)>a</a>",
    "<a href=\"data:text/html,x\" onclick=alert(1)>a</a>",
    "<b style=\"background:url(javascript:alert(1))\">a</b>",
    "<style>@import 'https://a.example/x.css';</style>",
    "<link rel=stylesheet href=\"https://a.example/x.css\">",
    "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
    "<base href=\"https://a.example/\">",
    "<video><source onerror=alert(1)></video>",
    "<details open ontoggle=alert(1)>a</details>",
    "<!--><img src=x onerror=alert(1)>-->",
];

/// Whether a browser would run or load something for `html`: by its tags, attributes and addresses.
fn fault(html: &str) -> Option<String> {
    for tag in tags::tags(html) {
        const KNOWN: [&str; 38] = [
            "a",
            "b",
            "blockquote",
            "br",
            "code",
            "del",
            "details",
            "div",
            "em",
            "figcaption",
            "figure",
            "h2",
            "h3",
            "hr",
            "i",
            "img",
            "input",
            "kbd",
            "li",
            "ol",
            "p",
            "pre",
            "section",
            "span",
            "strong",
            "summary",
            "sup",
            "table",
            "tbody",
            "td",
            "th",
            "thead",
            "tr",
            "ul",
            "tfoot",
            "caption",
            "u",
            "q",
        ];
        if !KNOWN.contains(&&*tag.name) {
            return Some(format!("<{}>", tag.name));
        }
        for (name, value) in &tag.attributes {
            let run = name.starts_with("on") || matches!(&**name, "style" | "srcset" | "srcdoc" | "action");
            if run || (name == "src" && !value.starts_with("local-")) {
                return Some(format!("{name}={value}"));
            }
            let scheme =
                value.split(['/', '?', '#']).next().unwrap().split_once(':').map(|(scheme, _)| scheme);
            let known = |scheme: &str| matches!(scheme, "https" | "http" | "mailto" | "tel");
            if name == "href" && scheme.is_some_and(|scheme| !known(scheme)) {
                return Some(format!("{name}={value}"));
            }
        }
    }
    None
}

fn rendered(text: &str) -> String {
    let (outline, _) = outlined(text);
    let resolutions: Vec<Resolution> = outline
        .references
        .iter()
        .map(|reference| match resolution(&reference.target) {
            Resolution::Link { href, .. } if !outline.images.is_empty() => Resolution::Image {
                src: format!("local-{href}"),
                width: None,
                height: None,
                alt: None,
                caption: None,
                label: None,
            },
            other => other,
        })
        .collect();
    render(&Prose::new(text, 0), &resolutions, &RenderOptions::default()).html
}

#[test]
fn nothing_that_an_author_writes_runs_or_loads() {
    for vector in VECTORS {
        for text in [
            vector.to_owned(),
            format!("<i>x</i> {vector}\n"),
            format!("> - {vector}"),
            format!("<div>\n\n{vector}\n\n</div>"),
            format!("<div>{vector}</div>"),
            format!("<!-- --> {vector} <!-- -->"),
        ] {
            let html = rendered(&text);
            assert_eq!(fault(&html), None, "{text}\n{html}");
        }
    }
}

#[test]
fn the_check_itself_sees_what_runs() {
    for html in [
        "<script>",
        "<p onclick=x>",
        "<a href=\"javascript:x\">",
        "<img src=\"https://a.example/\">",
        "<a title=\"x\" style='y'>",
    ] {
        assert!(fault(html).is_some(), "{html}");
    }
}

#[test]
fn every_address_that_is_refused_is_reported_and_its_words_stay() {
    for vector in VECTORS.iter().filter(|vector| vector.starts_with("[a]") || vector.starts_with("![a]")) {
        if codes(vector).is_empty() {
            assert!(!html(vector).contains("<a href=\"javascript"), "{vector}");
        } else {
            assert!(html(vector).contains('a'), "{vector}");
        }
    }
    assert_eq!(codes("[a](javascript:x) ![b](data:x)"), ["refused-url", "refused-url"]);
    is("[*a*](javascript:x) ![b](data:x)\n", "<p><em>a</em> b</p>\n");
}

#[test]
fn html_that_is_removed_is_reported() {
    for vector in VECTORS.iter().filter(|vector| vector.starts_with('<') && !vector.starts_with("<!")) {
        let codes = codes(vector);
        // CommonMark does not take all of them for HTML; then they are text.
        if html(vector).contains("&lt;") && codes.is_empty() {
            continue;
        }
        assert!(codes.contains(&"removed-html") || codes.contains(&"refused-url"), "{vector}: {codes:?}");
    }
}

#[test]
fn nobody_can_write_the_mark_of_generated_html() {
    let html = html("<img src=\"/0000/https://a.example/x.png\" alt=\"\"><i id=\"/0000/a\">x</i>\n\n# a\n");
    assert!(!html.contains("<img"), "{html}");
}
