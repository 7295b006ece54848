use super::super::fold::BREAK;

/// Elements that stand in the middle of a line: words go on over them.
const INLINE: [&str; 36] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "mark", "nobr", "q", "rb", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub",
    "sup", "time", "tspan", "tt", "u", "var", "wbr",
];

/// Whether the tag of an element with this name, in small letters, ends a block.
pub(super) fn is_block(name: &str) -> bool {
    name != "br" && INLINE.binary_search(&name).is_err()
}

/// Whether a text begins as markup or JSON does.
pub(super) fn is_source(text: &str) -> bool {
    beginning(text).starts_with('<') || is_json(text)
}

pub(super) fn is_json(text: &str) -> bool {
    beginning(text).starts_with(['{', '[']) && text.trim_end().ends_with(['}', ']'])
}

fn beginning(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
}

/// The words of HTML or XML without its tags: blocks apart, then the values of attributes, comments and scripts. Those of
/// JSON, each string apart. `None` where the text is neither.
pub(super) fn plain(text: &str) -> Option<String> {
    if is_json(text) {
        let mut plain = String::with_capacity(text.len());
        strings_apart(text, &mut plain);
        return Some(plain);
    }
    if !text.bytes().any(|byte| matches!(byte, b'<' | b'&')) {
        return None;
    }
    let mut page = Page {
        rest: text,
        lines: String::with_capacity(text.len()),
        aside: String::new(),
        block: 0,
        seams: Vec::new(),
    };
    page.read();
    page.end_block();
    page.lines.push_str(&page.aside);
    Some(page.lines)
}

/// JSON with a break for each quotation mark that begins or ends a string.
fn strings_apart(text: &str, plain: &mut String) {
    let mut all = strings(text);
    plain.extend(all.next());
    for string in all {
        plain.push(BREAK);
        plain.push_str(string);
    }
}

/// What stands between the quotation marks of JSON that begin or end a string.
pub(super) fn strings(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let mut at = 0;
        while let Some(found) = text[at..].find(['"', '\\']) {
            at += found;
            if text.as_bytes()[at] == b'"' {
                rest = Some(&text[at + 1..]);
                return Some(&text[..at]);
            }
            at += 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8);
        }
        rest = None;
        Some(text)
    })
}

struct Page<'a> {
    rest: &'a str,
    lines: String,
    aside: String,
    /// Where the block that is being read begins in `lines`, and where in it elements stand that may divide words.
    block: usize,
    seams: Vec<usize>,
}

impl<'a> Page<'a> {
    fn read(&mut self) {
        while let Some(at) = self.rest.find('<') {
            characters(&self.rest[..at], &mut self.lines);
            self.rest = &self.rest[at..];
            self.markup();
        }
        characters(self.rest, &mut self.lines);
    }

    /// What begins with the `<` that the rest begins with.
    fn markup(&mut self) {
        let rest = self.rest;
        if let Some(comment) = rest.strip_prefix("<!--") {
            self.aside(comment, "-->");
        } else if let Some(data) = rest.strip_prefix("<![CDATA[") {
            let (data, after) = data.split_once("]]>").unwrap_or((data, ""));
            self.lines.push_str(data);
            self.rest = after;
        } else if let Some(told) = rest.strip_prefix("<?").or_else(|| rest.strip_prefix("<!")) {
            self.aside(told, ">");
        } else {
            let name = rest[1..].strip_prefix('/').unwrap_or(&rest[1..]);
            if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
                self.tag(name, rest.as_bytes()[1] == b'/');
            } else {
                self.lines.push('<');
                self.rest = &rest[1..];
            }
        }
    }

    /// Ends a block. Where elements stood in the middle of what may be one word or two, it is read in both ways.
    fn end_block(&mut self) {
        let block = &self.lines[self.block..];
        let mut from = 0;
        for seam in self.seams.drain(..) {
            let (before, after) = (&block[from..seam - self.block], &block[seam - self.block..]);
            if after.starts_with(char::is_alphanumeric) {
                self.aside.push_str(before);
                self.aside.push(' ');
                from = seam - self.block;
            }
        }
        if from > 0 {
            self.aside.push_str(&block[from..]);
            self.aside.push(BREAK);
        }
        self.lines.push(BREAK);
        self.block = self.lines.len();
    }

    fn aside(&mut self, text: &'a str, end: &str) {
        let (text, after) = text.split_once(end).unwrap_or((text, ""));
        characters(text, &mut self.aside);
        self.aside.push(BREAK);
        self.rest = after;
    }

    fn tag(&mut self, tag: &'a str, closes: bool) {
        let end = tag
            .find(|c: char| c.is_whitespace() || matches!(c, '>' | '/' | '<' | BREAK))
            .unwrap_or(tag.len());
        let name = tag[..end].to_ascii_lowercase();
        self.rest = self.attributes(&tag[end..]);
        if name == "br" {
            self.lines.push('\n');
        } else if is_block(&name) {
            self.end_block();
        } else if self.lines.ends_with(char::is_alphanumeric) {
            self.seams.push(self.lines.len());
        }
        if name.contains('-') {
            self.aside.push_str(&name);
            self.aside.push(BREAK);
        }
        if !closes && matches!(name.as_str(), "script" | "style") {
            let end = self.rest.find(&format!("</{name}")).unwrap_or(self.rest.len());
            let (script, after) = self.rest.split_at(end);
            if script.trim_start().starts_with(['{', '[']) {
                strings_apart(script, &mut self.aside);
            } else {
                self.aside.push_str(script);
            }
            self.aside.push(BREAK);
            self.rest = after;
        }
    }

    /// Reads attributes up to the end of the tag, and tells what follows it.
    fn attributes(&mut self, mut rest: &'a str) -> &'a str {
        while let Some(at) = rest.find(['>', '=', '<', BREAK]) {
            self.attribute_name(&rest[..at]);
            match rest.as_bytes()[at] {
                b'>' => return &rest[at + 1..],
                b'=' => {}
                _ => return &rest[at..],
            }
            rest = rest[at + 1..].trim_start();
            let (value, after) = match rest.as_bytes().first() {
                Some(b'"') => rest[1..].split_once('"').unwrap_or((&rest[1..], "")),
                Some(b'\'') => rest[1..].split_once('\'').unwrap_or((&rest[1..], "")),
                _ => rest.split_at(rest.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(rest.len())),
            };
            characters(value, &mut self.aside);
            self.aside.push(BREAK);
            rest = after;
        }
        self.attribute_name(rest);
        ""
    }

    fn attribute_name(&mut self, name: &str) {
        let name = name.trim_matches(|c: char| c.is_whitespace() || c == '/');
        if !matches!(
            name,
            "" | "class" | "href" | "id" | "src" | "title" | "lang" | "dir" | "datetime" | "rel" | "type"
        ) {
            self.aside.push_str(name);
            self.aside.push(BREAK);
        }
    }
}

/// Writes `text` with the characters that its references stand for.
fn characters(text: &str, plain: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        // Names of characters have no more than 31 letters.
        let end = rest.bytes().take(34).position(|byte| !byte.is_ascii_alphanumeric() && byte != b'#');
        let name = &rest[..end.unwrap_or(rest.len().min(34)).min(rest.len())];
        match character(name) {
            Some(c) => {
                plain.push_str(&c);
                rest = rest[name.len()..].strip_prefix(';').unwrap_or(&rest[name.len()..]);
            }
            None => plain.push('&'),
        }
    }
    plain.push_str(rest);
}

/// What `&name;` stands for.
fn character(name: &str) -> Option<String> {
    let numbered = |digits: &str, radix| {
        let c = u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
        // A zero would end a run.
        c.filter(|c| *c != BREAK).map(String::from)
    };
    if let Some(number) = name.strip_prefix('#') {
        return match number.strip_prefix(['x', 'X']) {
            Some(hex) => numbered(hex, 16),
            None => numbered(number, 10),
        };
    }
    named(name)
}

/// The characters that the names of letters end in, and the marks that they mean.
const MARKS: [(&str, char); 12] = [
    ("acute", '\u{301}'),
    ("breve", '\u{306}'),
    ("caron", '\u{30C}'),
    ("cedil", '\u{327}'),
    ("circ", '\u{302}'),
    ("dblac", '\u{30B}'),
    ("dot", '\u{307}'),
    ("grave", '\u{300}'),
    ("macr", '\u{304}'),
    ("ogon", '\u{328}'),
    ("ring", '\u{30A}'),
    ("uml", '\u{308}'),
];

/// Letters by their names in HTML; other characters stand between words, whatever they are.
fn named(name: &str) -> Option<String> {
    let mut letters = name.chars();
    if let Some(letter) = letters.next()
        && let Some((_, mark)) = MARKS.iter().find(|(mark, _)| *mark == letters.as_str())
    {
        return Some([letter, *mark].iter().collect());
    }
    if let Some(letter) = name.strip_suffix("tilde").filter(|letter| letter.len() == 1) {
        return Some(format!("{letter}\u{303}"));
    }
    let letter = match name {
        "aelig" => "æ",
        "AElig" => "Æ",
        "oslash" | "ostrok" => "ø",
        "Oslash" | "Ostrok" => "Ø",
        "oelig" => "œ",
        "OElig" => "Œ",
        "szlig" => "ß",
        "eth" => "ð",
        "ETH" => "Ð",
        "thorn" => "þ",
        "THORN" => "Þ",
        "dstrok" => "đ",
        "Dstrok" => "Đ",
        "lstrok" => "ł",
        "Lstrok" => "Ł",
        "imath" => "ı",
        "amp" | "AMP" => "&",
        "lt" | "LT" => "<",
        "gt" | "GT" => ">",
        "quot" | "QUOT" => "\"",
        "apos" | "rsquo" | "lsquo" => "'",
        "percnt" => "%",
        "bsol" => "\\",
        "shy" | "zwj" | "zwnj" | "ZeroWidthSpace" => "",
        "nbsp" | "ensp" | "emsp" | "thinsp" | "ndash" | "mdash" | "hyphen" | "sol" | "colon" | "comma"
        | "period" | "lowbar" | "hellip" | "ldquo" | "rdquo" | "laquo" | "raquo" | "middot" | "bull" => " ",
        _ => return None,
    };
    Some(letter.to_owned())
}
