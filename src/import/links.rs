//! Links, images and raw HTML in old texts, so that they lead to where things are now.

use super::{
    addresses,
    html::{alone, attribute, tag_end, without_paragraphs},
    index::{Index, joined},
    item::Item,
    report::{Absent, Report},
    roles,
    text::{self, Edit, Text},
};
use crate::documents::{
    markdown::{Region, regions},
    resolve_path,
};

/// Where an old address leads.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    /// Where it did.
    Same,
    /// To another address.
    To(String),
    /// To nothing in the input; the address that stays, if it must be another one.
    Absent(Option<String>),
    /// To a text that is not there, which no link may lead to.
    NoText,
}

/// What stands in place of links and of what `brief` would take for its own forms.
pub(super) fn edits(body: &Text, item: &Item, index: &Index<'_>, report: &mut Report) -> Vec<Edit> {
    let regions = regions(&body.text);
    let alone = alone(&body.text, &regions);
    let mut links = Links { body, item, index, report, edits: Vec::new() };
    for (range, region) in &regions {
        match region {
            Region::Code => {}
            Region::HtmlInline if alone.contains(&range.start) => {
                links.put(range.start..range.start, "\\");
                links.report.form("a tag without its other half", &item.path, body.line(range.start), false);
            }
            Region::HtmlInline => links.inline_tag(range.clone()),
            Region::HtmlBlock => links.block(range.clone()),
        }
    }
    let mut from = 0;
    let ends = regions
        .iter()
        .map(|(range, _)| range.clone())
        .chain(std::iter::once(body.text.len()..body.text.len()));
    for region in ends {
        if from < region.start {
            links.prose(from..region.start);
        }
        from = from.max(region.end);
    }
    // Words of a link may hold code, so that its address stands in another stretch than its bracket.
    links.edits
}

struct Links<'a, 'r> {
    body: &'a Text,
    item: &'a Item,
    index: &'a Index<'a>,
    report: &'r mut Report,
    edits: Vec<Edit>,
}

impl Links<'_, '_> {
    fn put(&mut self, range: std::ops::Range<usize>, text: impl Into<String>) {
        self.edits.push(Edit { range, text: text.into() });
    }

    fn absent(&mut self, at: usize, target: &str, image: bool) {
        let (path, line) = (self.item.path.clone(), self.body.line(at));
        self.report.absent.push(Absent { path, line, target: target.to_owned(), image });
    }

    /// Links, definitions and autolinks in a stretch without code and HTML.
    fn prose(&mut self, range: std::ops::Range<usize>) {
        let text = &self.body.text[range.clone()];
        for (at, _) in text.match_indices("](") {
            self.destination(range.start + at + 2, Some(range.start + at));
        }
        let mut start = range.start;
        for line in text.split_inclusive('\n') {
            let at_margin = start == 0 || self.body.text[..start].ends_with('\n');
            let bare = line.trim_start();
            let indent = line.len() - bare.len();
            if let Some(end) = bare
                .find("]:")
                .filter(|_| at_margin && indent < 4 && bare.starts_with('[') && !bare.starts_with("[^"))
            {
                let after = start + indent + end + 2;
                let blank = self.body.text[after..].len()
                    - self.body.text[after..].trim_start_matches([' ', '\t']).len();
                self.destination(after + blank, None);
            }
            start += line.len();
        }
        for (at, _) in text.match_indices(":::") {
            let at = range.start + at;
            let stands = |c: char| c.is_whitespace() || matches!(c, '|' | '>');
            if self.body.text[..at].chars().next_back().is_none_or(stands) {
                self.put(at..at, "\\");
                self.report.form(":::", &self.item.path, self.body.line(at), false);
            }
        }
        for mark in ["[[", "[@"] {
            for (at, _) in text.match_indices(mark) {
                self.own_form(range.start + at, mark);
            }
        }
    }

    /// What `brief` would take for a name or a citation, and is none.
    fn own_form(&mut self, at: usize, mark: &str) {
        let text = &self.body.text;
        let close = if mark == "[[" { "]]" } else { "]" };
        let after = text[at..].find(close).map(|end| &text[at + end + close.len()..]);
        let is_link = after.is_none_or(|after| after.starts_with(['(', '[', ':']));
        let ours = self.index.dialect == super::Dialect::Obsidian && mark == "[[";
        if !is_link && !ours && !text[..at].ends_with(['\\', '[']) {
            self.put(at..at, "\\");
            self.report.form(mark, &self.item.path, self.body.line(at), false);
        }
    }

    /// A destination of Markdown that begins at `at`; `bracket` is the `]` before it.
    fn destination(&mut self, at: usize, bracket: Option<usize>) {
        let text = &self.body.text;
        let blank = text[at..].len() - text[at..].trim_start_matches([' ', '\t']).len();
        let start = at + blank;
        let rest = &text[start..];
        let (from, length) = if let Some(close) = template_end(rest) {
            (0, close)
        } else if let Some(inside) = rest.strip_prefix('<') {
            (1, inside.find(['>', '\n']).unwrap_or(0))
        } else {
            let mut depth = 0_usize;
            let end = rest.find(|c: char| {
                depth += usize::from(c == '(');
                let closes = c == ')' && depth == 0;
                depth = depth.saturating_sub(usize::from(c == ')'));
                c.is_whitespace() || closes
            });
            (0, end.unwrap_or(rest.len()))
        };
        let written = &rest[from..from + length];
        if written.is_empty() {
            return;
        }
        let open = bracket.and_then(|bracket| opening(text, bracket));
        let image = open.is_some_and(|open| text[..open].ends_with('!'));
        if bracket.is_some() && open.is_none() {
            return;
        }
        let range = start..start + length + 2 * from;
        match self.resolve(written, image) {
            Outcome::Same => {}
            Outcome::To(new) => self.put(range, new),
            Outcome::Absent(new) => {
                self.absent(start, written, image);
                if let Some(new) = new {
                    self.put(range, new);
                }
            }
            Outcome::NoText => {
                self.absent(start, written, image);
                match open {
                    // Without its bracket it is no link, and its words and its address stay to be read.
                    Some(open) => self.put(open..open, "\\"),
                    // A definition that others use stays one, and leads to no text.
                    None => {
                        let bare =
                            written.strip_prefix("@/").unwrap_or(written).trim_start_matches(['.', '/']);
                        let bare = bare.split(".m").next().unwrap_or(bare);
                        self.put(range, format!("/{}", text::destination(bare)));
                    }
                }
            }
        }
    }

    /// A tag of HTML in a paragraph.
    fn inline_tag(&mut self, range: std::ops::Range<usize>) {
        let written = self.body.text[range.clone()].to_owned();
        if let Some(text) = self.tag(&written, range.start) {
            self.put(range, text);
        }
    }

    /// A block of HTML: what it shows that cannot stand in HTML here becomes Markdown between blank lines.
    fn block(&mut self, range: std::ops::Range<usize>) {
        let written = self.body.text[range.clone()].to_owned();
        let lower = written.trim_start().to_lowercase();
        if ["<script", "<style", "<pre", "<!--", "<textarea"].iter().any(|start| lower.starts_with(start)) {
            return;
        }
        let mut parts: Vec<(std::ops::Range<usize>, String)> = Vec::new();
        let mut at = 0;
        while let Some(open) = written[at..].find('<').map(|open| at + open) {
            let Some(end) = tag_end(&written, open) else { break };
            if let Some(text) = self.tag(&written[open..end], range.start + open) {
                parts.push((open..end, text));
            }
            at = end;
        }
        let shows = parts.iter().any(|(_, text)| text.starts_with(['!', '[']));
        if !shows {
            for (part, text) in parts {
                self.put(range.start + part.start..range.start + part.end, text);
            }
            return;
        }
        let mut out = String::new();
        let mut from = 0;
        for (part, text) in parts {
            out.push_str(&written[from..part.start]);
            let block = text.starts_with(['!', '[']);
            let blank = if block { "\n\n" } else { "" };
            out.extend([blank, text.as_str(), blank]);
            from = part.end;
        }
        out.push_str(&written[from..]);
        // Indented lines would be code after a blank one, and a paragraph of HTML cannot hold one of Markdown.
        let lines = out.lines().map(str::trim_start).collect::<Vec<_>>().join("\n");
        let mut text = without_paragraphs(&lines);
        while text.contains("\n\n\n") {
            text = text.replace("\n\n\n", "\n\n");
        }
        let ending = if written.ends_with('\n') { "\n" } else { "" };
        self.put(range, format!("{}{ending}", text.trim_matches('\n')));
    }

    /// What stands in place of a tag of HTML, if it does not stay.
    fn tag(&mut self, written: &str, at: usize) -> Option<String> {
        let name: String =
            written.trim_start_matches(['<', '/']).chars().take_while(char::is_ascii_alphanumeric).collect();
        let name = name.to_lowercase();
        let closes = written.starts_with("</");
        let attribute = |name: &str| attribute(written, name);
        let path = self.item.path.clone();
        let line = self.body.line(at);
        match name.as_str() {
            "img" => {
                let source = attribute("src").or_else(|| attribute("data-src"))?;
                let new = match self.resolve(&source, true) {
                    Outcome::To(new) => new,
                    Outcome::Same => source,
                    Outcome::Absent(new) => {
                        self.absent(at, &source, true);
                        new.unwrap_or(source)
                    }
                    Outcome::NoText => return None,
                };
                self.report.form("<img>", &path, line, true);
                Some(text::image(&new, &attribute("alt").unwrap_or_default(), None))
            }
            "audio" | "video" | "iframe" | "embed" if closes => Some(String::new()),
            "audio" | "video" | "iframe" | "embed" | "source" => {
                let source = attribute("src").filter(|source| !source.contains("{{"));
                let Some(source) = source else {
                    self.report.form(&format!("<{name}>"), &path, line, false);
                    return None;
                };
                let new = match self.resolve(&source, false) {
                    Outcome::To(new) => new,
                    Outcome::Same => source.clone(),
                    Outcome::Absent(new) => {
                        self.absent(at, &source, false);
                        new.unwrap_or(source.clone())
                    }
                    Outcome::NoText => return None,
                };
                let file = source.split(['?', '#']).next().unwrap_or_default();
                let file = file.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
                let words = attribute("title").unwrap_or(if file.is_empty() { source } else { file });
                let words = words.replace('[', "\\[").replace(']', "\\]");
                self.report.form(&format!("<{name}>"), &path, line, true);
                Some(format!("[{words}]({})", text::destination(&new)))
            }
            "a" if !closes => {
                let address = attribute("href")?;
                match self.resolve(&address, false) {
                    // Raw HTML is not looked into, so that the old address leads on from there.
                    Outcome::Same | Outcome::To(_) => None,
                    Outcome::Absent(_) | Outcome::NoText => {
                        self.absent(at, &address, false);
                        None
                    }
                }
            }
            _ => None,
        }
    }

    /// Where `written` leads from this text.
    fn resolve(&self, written: &str, image: bool) -> Outcome {
        let (index, item) = (self.index, self.item);
        if let Some(new) = written.strip_prefix(text::NEW) {
            return Outcome::To(new.to_owned());
        }
        let written = written.trim().replace("&amp;", "&");
        if written.contains("{{") || written.contains("{%") {
            return Outcome::Absent(None);
        }
        if written.is_empty() || written.starts_with(['#', '?']) {
            return Outcome::Same;
        }
        let base = index.site.base_path();
        let mut address = written.as_str();
        let scheme = address.split(['/', '?', '#']).next().unwrap_or_default().contains(':');
        if scheme || address.starts_with("//") {
            let rest = address.split_once("//").map(|(_, rest)| rest).unwrap_or_default();
            let (host, path) = rest.find(['/', '?', '#']).map_or((rest, ""), |at| rest.split_at(at));
            let web = ["http:", "https:", "//"].iter().any(|start| address.starts_with(start));
            if web && host.is_empty() {
                return Outcome::NoText;
            }
            if !web || index.site.host() != Some(host) {
                return Outcome::Same;
            }
            address = if path.is_empty() { "/" } else { path };
        }
        let cut = address.find(['?', '#']).unwrap_or(address.len());
        let (path, suffix) = address.split_at(cut);
        let path = addresses::decoded(path);
        let fragment = suffix.find('#').map_or("", |at| &suffix[at..]);
        let to = |place: usize| Outcome::To(format!("{}{fragment}", index.link(item, place)));
        let content = format!("{}{}", index.site.root, index.site.content);
        if let Some(path) = path.strip_prefix("@/") {
            return index.by_path(&format!("{content}{path}")).map_or(Outcome::NoText, to);
        }
        if !image && matches!(roles::ending(&path).as_str(), "md" | "markdown") {
            let bases = if path.starts_with('/') {
                [content.as_str(), &index.site.root]
            } else {
                [item.folder(), &content]
            };
            let found = bases.iter().find_map(|base| index.by_path(&joined(base, &path)?));
            let found = found.or_else(|| index.by_address(path.strip_suffix(".md").unwrap_or(&path)));
            return found.map_or(Outcome::NoText, to);
        }
        let below = path.strip_prefix(&base).filter(|_| path.starts_with('/')).map(|path| format!("/{path}"));
        let rooted = path.starts_with('/').then(|| below.unwrap_or_else(|| path.clone()));
        let by_address = match &rooted {
            Some(path) => joined("", path),
            None => {
                let own = item.addresses.first().map_or("", String::as_str);
                let folder = own.rfind('/').map_or("", |slash| &own[..slash]);
                joined(folder, &path)
            }
        };
        let Some(by_address) = by_address else {
            return Outcome::Absent(rooted.is_none().then(|| "/".into()));
        };
        if by_address.is_empty() {
            return Outcome::To(format!("/{fragment}")).same_as(&written);
        }
        if let Some(place) = index.by_address(&by_address) {
            return to(place);
        }
        let file = index.file_by_address(item, &by_address).or_else(|| {
            let path = joined(if rooted.is_some() { &index.site.root } else { item.folder() }, &path)?;
            index.file_at(item, &path)
        });
        if let Some(file) = file {
            return Outcome::To(format!("{file}{suffix}")).same_as(&written);
        }
        if let Some(term) = index.terms.get(by_address.trim_end_matches('/')) {
            return Outcome::To(format!("/{term}{fragment}")).same_as(&written);
        }
        // A relative address that would lead out of the archive is written from the root.
        let folder = item.new.rsplit_once('/').map_or("", |(folder, _)| folder);
        let out = rooted.is_none() && resolve_path(folder, &path).is_none();
        Outcome::Absent(out.then(|| format!("/{}", text::destination(&by_address))))
    }
}

impl Outcome {
    fn same_as(self, written: &str) -> Self {
        if matches!(&self, Self::To(new) if new == written) { Self::Same } else { self }
    }
}

/// Where a tag of a template ends that `text` begins with.
fn template_end(text: &str) -> Option<usize> {
    let close = if text.starts_with("{{") { "}}" } else { text.strip_prefix("{%").map(|_| "%}")? };
    text.find(close).map(|at| at + close.len())
}

/// The `[` that the `]` at `close` closes.
fn opening(text: &str, close: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text[..close].char_indices().rev().take(2000) {
        let escaped = text[..at].ends_with('\\');
        match c {
            ']' if !escaped => depth += 1,
            '[' if !escaped && depth == 0 => return Some(at),
            '[' if !escaped => depth -= 1,
            _ => {}
        }
    }
    None
}
