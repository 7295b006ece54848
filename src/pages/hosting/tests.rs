use proptest::prelude::*;

use super::*;

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

fn moved(from: &str, to: &str) -> (String, String) {
    (from.to_owned(), to.to_owned())
}

#[test]
fn an_indexed_site_opens_itself_and_names_its_sitemap() {
    assert_eq!(
        text(robots(Some("https://desk.example/sitemap.xml"), true)),
        "User-agent: *\nAllow: /\n\nSitemap: https://desk.example/sitemap.xml\n"
    );
    assert_eq!(text(robots(None, true)), "User-agent: *\nAllow: /\n");
}

#[test]
fn a_site_that_is_not_indexed_is_closed_and_names_no_sitemap() {
    assert_eq!(text(robots(Some("https://desk.example/sitemap.xml"), false)), "User-agent: *\nDisallow: /\n");
}

#[test]
fn headers_hold_a_strict_policy_and_cache_only_what_is_named_by_its_content() {
    assert_eq!(
        text(headers("/", true)),
        "/*\n\
        \x20 Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; \
        img-src 'self' data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; form-action 'self'; \
        base-uri 'none'; frame-ancestors 'none'\n\
        \x20 X-Content-Type-Options: nosniff\n\
        \x20 Referrer-Policy: strict-origin-when-cross-origin\n\
        \x20 Permissions-Policy: camera=(), geolocation=(), microphone=()\n\
        \n\
        /assets/*\n\
        \x20 Cache-Control: public, max-age=31536000, immutable\n\
        \n\
        /search/data/*\n\
        \x20 Cache-Control: public, max-age=31536000, immutable\n"
    );
}

#[test]
fn headers_of_a_site_that_is_not_indexed_say_so_for_every_file() {
    let headers = text(headers("/", false));
    let (every_file, assets) = headers.split_once("\n\n").unwrap();
    assert!(every_file.ends_with("\n  X-Robots-Tag: noindex"));
    assert!(!assets.contains("X-Robots-Tag"));
}

#[test]
fn headers_respect_the_path_that_the_site_lies_under() {
    for prefix in ["/archive/", "/archive"] {
        let headers = text(headers(prefix, true));
        let paths: Vec<&str> = headers.lines().filter(|line| line.starts_with('/')).collect();
        assert_eq!(paths, ["/archive/*", "/archive/assets/*", "/archive/search/data/*"]);
    }
}

#[test]
fn redirects_are_encoded_lines_below_the_prefix() {
    let moves = [moved("actors/old/", "actors/حماس/"), moved("/a b/", "b/")];
    assert_eq!(
        text(redirects("/archive/", &moves)),
        "/archive/actors/old/ /archive/actors/%D8%AD%D9%85%D8%A7%D8%B3/ 301\n\
         /archive/a%20b/ /archive/b/ 301\n"
    );
    assert_eq!(text(redirects("/", &moves[1..])), "/a%20b/ /b/ 301\n");
}

#[test]
fn an_old_path_never_becomes_a_wildcard_or_a_comment() {
    let moves = [moved("*", ":new"), moved("#a", "b\n/c")];
    assert_eq!(text(redirects("/", &moves)), "/%2A /%3Anew 301\n/%23a /b%0A/c 301\n");
}

#[test]
fn a_redirect_page_leads_on_without_script() {
    assert_eq!(
        text(redirect_page(
            "../hamas/",
            Some("https://desk.example/actors/hamas/"),
            "Hamas & <others>",
            "en"
        )),
        "<!doctype html>\n\
         <html lang=\"en\">\n\
         <meta charset=\"utf-8\">\n\
         <title>Hamas &amp; &lt;others&gt;</title>\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta name=\"robots\" content=\"noindex\">\n\
         <link rel=\"canonical\" href=\"https://desk.example/actors/hamas/\">\n\
         <meta http-equiv=\"refresh\" content=\"0; url=../hamas/\">\n\
         <p dir=\"auto\"><a href=\"../hamas/\">Hamas &amp; &lt;others&gt;</a></p>\n\
         </html>\n"
    );
}

#[test]
fn a_redirect_page_of_a_site_without_an_address_has_no_canonical_link() {
    assert!(!text(redirect_page("../hamas/", None, "Hamas", "en")).contains("canonical"));
}

#[test]
fn a_redirect_page_without_a_title_is_called_as_its_target() {
    assert!(text(redirect_page("../hamas/", None, " \u{1}\n", "en")).contains("<title>../hamas/</title>"));
}

#[test]
fn a_long_title_is_cut_between_characters() {
    let page = text(redirect_page("../a/", None, &"é\u{301} ".repeat(60), "en"));
    let title = page.split_once("<title>").unwrap().1.split_once("</title>").unwrap().0;
    assert_eq!(title, format!("{}…", "é\u{301} ".repeat(23).trim_end()));
}

#[test]
fn a_quotation_mark_at_the_start_of_an_address_is_not_one_around_it() {
    assert!(text(redirect_page("'a/", None, "A", "en")).contains("content=\"0; url=./&apos;a/\""));
}

#[test]
fn the_longest_slug_in_another_script_fits_a_redirect_page() {
    let target = encode_path(&format!("briefings/2025/05/15/{}/", "ح".repeat(100)));
    let absolute = format!("https://desk.example/archive/{target}");
    let title = "\"".repeat(300);
    let page = text(redirect_page(&format!("../../../../../{target}"), Some(&absolute), &title, "ar"));
    assert!(page.len() < 2_000, "{} bytes", page.len());
    assert!(page.contains("http-equiv=\"refresh\""));
}

proptest! {
    #[test]
    fn a_redirect_page_is_small_and_holds_no_markup_of_its_title(
        title in proptest::collection::vec(any::<char>(), 0..400),
    ) {
        let title: String = title.into_iter().collect();
        let page_called = |title: &str| text(redirect_page("../a/", Some("https://desk.example/a/"), title, "en"));
        let (page, plain) = (page_called(&title), page_called("A"));
        prop_assert!(page.len() < 2_000);
        prop_assert_eq!(page.matches(['<', '>', '"']).count(), plain.matches(['<', '>', '"']).count());
        prop_assert_eq!(page.lines().count(), plain.lines().count());
        prop_assert!(!page.chars().any(|c| c.is_control() && c != '\n'));
    }
}
