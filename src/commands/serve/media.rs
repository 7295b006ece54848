use hyper::header::HeaderValue;

/// The media type of the file at `path`, by its name: with the encoding, where it is text.
pub(super) fn of(path: &str) -> HeaderValue {
    let name = path.rsplit('/').next().unwrap_or(path);
    // What hosts read has no extension, and people who look at it want to read it.
    if matches!(name, "_headers" | "_redirects") {
        return HeaderValue::from_static("text/plain; charset=utf-8");
    }
    if name == "atom.xml" {
        return HeaderValue::from_static("application/atom+xml; charset=utf-8");
    }
    if name == "opensearch.xml" {
        return HeaderValue::from_static("application/opensearchdescription+xml; charset=utf-8");
    }
    if name == "feed.json" {
        return HeaderValue::from_static("application/feed+json");
    }
    let guessed = mime_guess::from_path(name).first_raw().unwrap_or("application/octet-stream");
    // JSON is UTF-8 by itself (RFC 8259); XML says its encoding, and is better read with the header's.
    let is_text = guessed.starts_with("text/") || guessed.ends_with("xml") || guessed.ends_with("javascript");
    let typed = if is_text { format!("{guessed}; charset=utf-8") } else { guessed.to_owned() };
    HeaderValue::try_from(typed).unwrap_or(HeaderValue::from_static("application/octet-stream"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_type_follows_from_the_name() {
        for (path, expected) in [
            ("index.html", "text/html; charset=utf-8"),
            ("assets/style.0123456789.css", "text/css; charset=utf-8"),
            ("assets/theme.0123456789.js", "text/javascript; charset=utf-8"),
            ("a/atom.xml", "application/atom+xml; charset=utf-8"),
            ("a/feed.json", "application/feed+json"),
            ("sitemap.xml", "text/xml; charset=utf-8"),
            ("data/claims.json", "application/json"),
            ("opensearch.xml", "application/opensearchdescription+xml; charset=utf-8"),
            ("search/data/abcdefgh2345.words", "application/octet-stream"),
            ("robots.txt", "text/plain; charset=utf-8"),
            ("_headers", "text/plain; charset=utf-8"),
            ("flag.svg", "image/svg+xml; charset=utf-8"),
            ("photo.JPG", "image/jpeg"),
            ("photo.webp", "image/webp"),
            ("photo.avif", "image/avif"),
            ("report.pdf", "application/pdf"),
            ("font.woff2", "font/woff2"),
            ("site.webmanifest", "application/manifest+json"),
            ("no-extension", "application/octet-stream"),
        ] {
            assert_eq!(super::of(path), expected, "{path}");
        }
    }
}
