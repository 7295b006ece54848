//! `_headers` and `_redirects`, as Netlify and Cloudflare Pages read them.

use hyper::{
    StatusCode,
    header::{HeaderName, HeaderValue},
};
use percent_encoding::percent_decode_str;

/// What hosts are told of a site.
#[derive(Debug, Default)]
pub(super) struct Rules {
    headers: Vec<(Pattern, Vec<(HeaderName, HeaderValue)>)>,
    moved: Vec<(Pattern, String, StatusCode)>,
}

/// A path in which `*` stands for anything, its pieces between the stars, decoded.
#[derive(Debug)]
struct Pattern(Vec<String>);

impl Rules {
    /// Reads both files. What is no rule is passed over, as hosts do.
    pub(super) fn read(headers: &str, redirects: &str) -> Self {
        let mut rules = Self::default();
        for line in headers.lines() {
            let written = line.trim();
            if written.is_empty() || written.starts_with('#') {
                continue;
            }
            if line.starts_with(char::is_whitespace) {
                let header = written.split_once(':').and_then(|(name, value)| {
                    Some((name.trim().parse().ok()?, HeaderValue::from_str(value.trim()).ok()?))
                });
                if let (Some((_, last)), Some(header)) = (rules.headers.last_mut(), header) {
                    last.push(header);
                }
            } else {
                rules.headers.push((Pattern::of(written), Vec::new()));
            }
        }
        for line in redirects.lines() {
            let mut words = line.split_whitespace();
            let (Some(from), Some(to)) = (words.next(), words.next()) else { continue };
            let status = words.next().map_or("301", |status| status.trim_end_matches('!'));
            let status = status.parse().ok().and_then(|status| StatusCode::from_u16(status).ok());
            if let Some(status) = status.filter(StatusCode::is_redirection)
                && from.starts_with('/')
            {
                rules.moved.push((Pattern::of(from), to.to_owned(), status));
            }
        }
        rules
    }

    /// The headers of what stands at `path`, decoded.
    pub(super) fn headers_at<'a>(
        &'a self,
        path: &'a str,
    ) -> impl Iterator<Item = &'a (HeaderName, HeaderValue)> + 'a {
        let those = self.headers.iter().filter(move |(pattern, _)| pattern.find(path).is_some());
        those.flat_map(|(_, headers)| headers)
    }

    /// Where what stood at `path`, decoded, stands now.
    pub(super) fn moved_to(&self, path: &str) -> Option<(StatusCode, String)> {
        self.moved.iter().find_map(|(from, to, status)| {
            let rest = from.find(path)?;
            Some((*status, to.replace(":splat", &crate::model::encode_path(rest))))
        })
    }
}

impl Pattern {
    fn of(written: &str) -> Self {
        let decoded = |piece: &str| percent_decode_str(piece).decode_utf8_lossy().into_owned();
        Self(written.split('*').map(decoded).collect())
    }

    /// What the last star stands for in `path`, where it fits; nothing, where there is no star.
    fn find<'p>(&self, path: &'p str) -> Option<&'p str> {
        let Some((first, [between @ .., last])) = self.0.split_first() else {
            return (self.0.first().map(String::as_str) == Some(path)).then_some("");
        };
        let mut rest = path.strip_prefix(first.as_str())?;
        for piece in between {
            rest = &rest[rest.find(piece.as_str())? + piece.len()..];
        }
        rest.strip_suffix(last.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(rules: &Rules, path: &str) -> Vec<String> {
        rules.headers_at(path).map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())).collect()
    }

    #[test]
    fn every_rule_that_fits_counts() {
        let rules = Rules::read(
            "# ours\n/*\n  X-A: one\n  no header\n/a/*/c\n  X-B: two: three\n/caf%C3%A9/\n  X-C: four\n",
            "",
        );
        assert_eq!(headers(&rules, "/"), ["x-a: one"]);
        assert_eq!(headers(&rules, "/a/b/c"), ["x-a: one", "x-b: two: three"]);
        assert_eq!(headers(&rules, "/a/b/d"), ["x-a: one"]);
        assert_eq!(headers(&rules, "/café/"), ["x-a: one", "x-c: four"]);
        let of_the_path = Rules::read("/archive/*\n  X-A: one\n", "");
        assert_eq!(headers(&of_the_path, "/other"), Vec::<String>::new());
    }

    #[test]
    fn an_old_address_leads_to_the_new_one() {
        let rules = Rules::read(
            "",
            "/old/ /new/ 301\n/blog/* /briefings/:splat 302!\n# /c /d\n/gone /x 404\n/plain /y\nhalf\n",
        );
        let to = |path: &str| rules.moved_to(path).map(|(status, to)| (status.as_u16(), to));
        assert_eq!(to("/old/"), Some((301, "/new/".into())));
        assert_eq!(to("/old"), None);
        assert_eq!(to("/blog/a b"), Some((302, "/briefings/a%20b".into())));
        assert_eq!(to("/gone"), None);
        assert_eq!(to("/plain"), Some((301, "/y".into())));
    }
}
