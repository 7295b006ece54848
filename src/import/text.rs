//! A text that is edited and still knows the lines of its file; and the tags of templates in it.

use std::ops::Range;

/// What stands in place of a part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    pub(super) range: Range<usize>,
    pub(super) text: String,
}

/// A text and the line of its file for each of its own lines.
#[derive(Clone, Debug)]
pub(super) struct Text {
    pub(super) text: String,
    lines: Vec<usize>,
}

impl Text {
    /// The text of a file from its line `first` on.
    pub(super) fn new(text: String, first: usize) -> Self {
        let lines = (first..=first + text.matches('\n').count()).collect();
        Self { text, lines }
    }

    /// The line of the file on which the byte `at` stands.
    pub(super) fn line(&self, at: usize) -> usize {
        let line = self.text.get(..at).unwrap_or(&self.text).matches('\n').count();
        self.lines.get(line).or(self.lines.last()).copied().unwrap_or(1)
    }

    /// Makes `edits`; of two that overlap the first counts.
    pub(super) fn apply(&mut self, mut edits: Vec<Edit>) {
        if edits.is_empty() {
            return;
        }
        edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
        let mut out = String::with_capacity(self.text.len());
        let mut lines = vec![self.lines.first().copied().unwrap_or(1)];
        let mut at = 0;
        let mut number = 0;
        for edit in
            edits.iter().chain([&Edit { range: self.text.len()..self.text.len(), text: String::new() }])
        {
            let Some(kept) = self.text.get(at..edit.range.start).filter(|_| edit.range.start >= at) else {
                continue;
            };
            for _ in kept.matches('\n') {
                number += 1;
                lines.push(self.lines.get(number).copied().unwrap_or(1));
            }
            out.push_str(kept);
            let old = self.lines.get(number).copied().unwrap_or(1);
            lines.extend(edit.text.matches('\n').map(|_| old));
            number += self.text[edit.range.clone()].matches('\n').count();
            out.push_str(&edit.text);
            at = edit.range.end;
        }
        *self = Self { text: out, lines };
    }
}

/// A tag of a template.
#[derive(Clone, Debug)]
pub(super) struct Tag<'t> {
    pub(super) range: Range<usize>,
    /// `{%`, `{{`, `{{<` or `{{%`.
    pub(super) open: &'static str,
    /// What stands between its marks.
    pub(super) inner: &'t str,
    /// Its first word.
    pub(super) name: &'t str,
    /// What follows that.
    pub(super) args: &'t str,
}

impl Tag<'_> {
    /// How the report calls it.
    pub(super) fn title(&self) -> String {
        let name = self.name.trim_start_matches('/');
        match self.open {
            "{{" if self.inner.contains('|') => {
                let filter = self.inner.rsplit('|').next().unwrap_or_default().trim();
                let filter = filter.split([':', ' ', '(']).next().unwrap_or(filter);
                let base = if self.inner.starts_with(['"', '\'']) { "\"...\"" } else { name };
                format!("{{{{ {base} | {filter} }}}}")
            }
            "{{" if self.inner.starts_with(['"', '\'']) => "{{ \"...\" }}".into(),
            "{{" => format!("{{{{ {name} }}}}"),
            "{{<" => format!("{{{{< {name} >}}}}"),
            "{{%" => format!("{{{{% {name} %}}}}"),
            _ => format!("{{% {name} %}}"),
        }
    }

    /// Whether it closes the tag that is called so.
    pub(super) fn closes(&self, name: &str) -> bool {
        let own = self.inner.trim_start();
        own == format!("end{name}") || own.strip_prefix('/').is_some_and(|own| own.trim() == name)
    }
}

/// The tags of `text`: those of Hugo if `angled`, else those of Liquid and Tera.
pub(super) fn tags(text: &str, angled: bool) -> Vec<Tag<'_>> {
    let marks: &[(&'static str, &str)] =
        if angled { &[("{{<", ">}}"), ("{{%", "%}}")] } else { &[("{{", "}}"), ("{%", "%}")] };
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find('{').map(|next| at + next) {
        at = next + 1;
        let Some((open, close)) = marks.iter().find(|(open, _)| text[next..].starts_with(open)) else {
            continue;
        };
        let start = next + open.len();
        let Some(length) = text[start..].find(close) else { continue };
        let end = start + length + close.len();
        let inner = text[start..start + length].trim_matches(['-', '~']).trim();
        let first = inner.find(|c: char| c.is_whitespace() || matches!(c, '|' | '(')).unwrap_or(inner.len());
        let name = inner[..first].trim();
        let args = inner[first..].trim();
        found.push(Tag { range: next..end, open, inner, name, args });
        at = end;
    }
    found
}

/// What stands behind a tag's name: values in their order, and values by name.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Arguments {
    pub(super) values: Vec<String>,
    pub(super) named: Vec<(String, String)>,
}

impl Arguments {
    /// Reads `"a" b key="c" key: 'd'`.
    pub(super) fn read(text: &str) -> Self {
        let mut arguments = Self::default();
        let mut rest = text.trim().trim_start_matches('(').trim_end_matches([')', '/']);
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
            if rest.is_empty() {
                return arguments;
            }
            let (value, after) = word(rest);
            let quoted = rest.starts_with(['"', '\'', '`']);
            let next = after.trim_start();
            let named = (!quoted).then(|| next.strip_prefix(['=', ':'])).flatten();
            match named.filter(|_| !value.contains("://")) {
                Some(after) => {
                    let (second, after) = word(after.trim_start());
                    arguments.named.push((value, second));
                    rest = after;
                }
                None => {
                    arguments.values.push(value);
                    rest = after;
                }
            }
        }
    }

    /// The value of the first of `names` that is there.
    pub(super) fn get(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            let found = self.named.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
            found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
        })
    }
}

fn word(text: &str) -> (String, &str) {
    let Some(first) = text.chars().next() else { return (String::new(), text) };
    if matches!(first, '"' | '\'' | '`') {
        let inside = &text[1..];
        let mut escaped = false;
        let end = inside.find(|c: char| {
            let ends = c == first && !escaped;
            escaped = c == '\\' && !escaped && first != '`';
            ends
        });
        let (value, rest) = end.map_or((inside, ""), |end| (&inside[..end], &inside[end + 1..]));
        let mark = format!("\\{first}");
        return (value.replace(&mark, &first.to_string()), rest);
    }
    let url = text.find("://").is_some_and(|at| text[..at].chars().all(|c| c.is_ascii_alphanumeric()));
    let ends = |c: char| c.is_whitespace() || c == ',' || (!url && matches!(c, '=' | ':'));
    let end = text.find(ends).unwrap_or(text.len()).max(first.len_utf8());
    (text[..end].to_owned(), &text[end..])
}

/// An image in Markdown, its words below it.
pub(super) fn image(address: &str, alt: &str, caption: Option<&str>) -> String {
    let alt = alt.split_whitespace().collect::<Vec<_>>().join(" ").replace('[', "\\[").replace(']', "\\]");
    let image = format!("![{alt}]({})", destination(address));
    match caption
        .map(|words| words.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|words| !words.is_empty())
    {
        Some(words) => format!("{image}\n*{}*", words.replace('*', "\\*")),
        None => image,
    }
}

/// Marks an address as one of the new archive, so that it is not taken for an old one. No text holds this character,
/// which Unicode keeps free.
pub(super) const NEW: char = '\u{e000}';

/// An address of the new archive.
pub(super) fn new(address: &str) -> String {
    format!("{NEW}{address}")
}

/// An address as a Markdown link holds it.
pub(super) fn destination(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            ' ' => out.push_str("%20"),
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A fenced block of code, of as many lines as what it stands for where that had its marks on lines of their own.
pub(super) fn fenced(language: &str, code: &str) -> String {
    let longest = code
        .lines()
        .map(str::trim_start)
        .filter(|line| line.starts_with("```"))
        .map(|line| line.chars().take_while(|c| *c == '`').count());
    let fence = "`".repeat(longest.max().map_or(3, |longest| longest + 1));
    let code = code.strip_prefix('\n').unwrap_or(code).trim_end();
    format!("{fence}{language}\n{code}\n{fence}")
}

/// Addresses of what shortcodes show of other sites.
pub(super) fn elsewhere(name: &str, id: &str, second: Option<&str>) -> Option<String> {
    let fits = !id.is_empty() && !id.contains(char::is_whitespace) && !id.contains(['{', '<', '(']);
    let address = match name {
        "youtube" | "yt" => format!("https://www.youtube.com/watch?v={id}"),
        "vimeo" => format!("https://vimeo.com/{id}"),
        "gist" => match second {
            Some(second) => format!("https://gist.github.com/{id}/{second}"),
            None => format!("https://gist.github.com/{id}"),
        },
        "instagram" => format!("https://www.instagram.com/p/{id}/"),
        "tweet" | "twitter" | "x" => match second {
            Some(second) => format!("https://twitter.com/{id}/status/{second}"),
            None => format!("https://twitter.com/i/status/{id}"),
        },
        _ => return None,
    };
    fits.then(|| if id.contains("://") { format!("<{id}>") } else { format!("<{address}>") })
}
