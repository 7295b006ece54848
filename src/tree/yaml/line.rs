use std::ops::Range;

/// A line of a block collection, taken apart: indentation, dashes, a key, a value.
pub(super) struct Line<'t> {
    pub(super) start: usize,
    pub(super) indent: &'t str,
    /// Everything before the value, without the indentation.
    pub(super) head: &'t str,
    pub(super) value: &'t str,
    /// Where the value begins in the file.
    pub(super) at: usize,
}

impl<'t> Line<'t> {
    /// The line of `range` that `at` stands on.
    pub(super) fn around(text: &'t str, range: &Range<usize>, at: usize) -> Self {
        let start =
            text[range.start..at].rfind('\n').map_or(range.start, |newline| range.start + newline + 1);
        let whole = text[start..range.end].split(['\n', '\r']).next().unwrap_or_default();
        let body = whole.trim_start_matches([' ', '\t']);
        let indent = &whole[..whole.len() - body.len()];
        let mut value = body;
        while let Some(rest) = value.strip_prefix("- ") {
            value = rest.trim_start();
        }
        if !value.starts_with(['[', '{', '"', '\'', '#'])
            && let Some(colon) = colon(value)
        {
            value = value[colon + 1..].trim_start_matches([' ', '\t']);
        }
        let at = start + whole.len() - value.len();
        let head = &whole[indent.len()..whole.len() - value.len()];
        Self { start, indent, head, value: value.trim_end(), at }
    }

    /// The line above that is not blank.
    pub(super) fn above(&self, text: &'t str, range: &Range<usize>) -> Option<Self> {
        let mut start = self.start;
        while start > range.start {
            let line = Self::around(text, range, start - 1);
            if !line.head.is_empty() || !line.value.is_empty() {
                return Some(line);
            }
            start = line.start;
        }
        None
    }

    /// Where its value is written.
    pub(super) fn span(&self) -> Range<usize> {
        self.at..self.at + self.value.len()
    }

    /// The line with its value quoted.
    pub(super) fn quoted(&self) -> String {
        format!("{}{}", self.head, quote(self.value))
    }
}

/// How to quote the value that begins at `at`, for a value that YAML takes for something other than text.
pub(super) fn as_text(text: &str, at: usize) -> Option<String> {
    let line = line_after(text, at)?;
    let value = if in_flow(text, at) { line.split([',', ']', '}']).next()? } else { line };
    let value = value.trim_end();
    (!value.is_empty())
        .then(|| format!("if it is text, quote it: `{}`", with_prefix(text, at, &quote(value))))
}

/// Where the colon stands that makes what is before it a key.
pub(super) fn colon(value: &str) -> Option<usize> {
    value
        .char_indices()
        .find(|(at, letter)| {
            *letter == ':' && value[at + 1..].chars().next().is_none_or(|next| next == ' ' || next == '\t')
        })
        .map(|(at, _)| at)
}

/// Where the text ends that begins with the quotation mark `mark`, with its closing mark.
pub(super) fn closing(value: &str, mark: char) -> Option<usize> {
    let mut letters = value.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        if letter == '\\' && mark == '"' {
            letters.next();
        } else if letter == mark {
            if mark == '\'' && letters.next_if(|(_, next)| *next == '\'').is_some() {
                continue;
            }
            return Some(at + 1);
        }
    }
    None
}

/// Where the bracket closes that `value` begins with; brackets in quotation marks do not count.
pub(super) fn balanced(value: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut skip = 0;
    let mut before = ' ';
    for (at, letter) in value.char_indices() {
        if at < skip {
            continue;
        }
        match letter {
            '[' | '{' => depth += 1,
            ']' | '}' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            '"' | '\'' if matches!(before, ' ' | '[' | '{' | ',' | ':') => {
                skip = at + closing(&value[at..], letter).unwrap_or(1);
            }
            _ => {}
        }
        before = letter;
    }
    None
}

/// `text` in the quotation marks that need the fewest changes.
pub(super) fn quote(text: &str) -> String {
    if text.contains(['"', '\\']) { format!("'{}'", text.replace('\'', "''")) } else { format!("\"{text}\"") }
}

/// `value` behind what stands before `at` on its line; alone inside a list or map on one line.
pub(super) fn with_prefix(text: &str, at: usize, value: &str) -> String {
    match line_before(text, at).filter(|before| !before.contains(['[', '{'])) {
        Some(before) => format!("{}{value}", before.trim_start_matches(['\u{feff}', ' ', '\t'])),
        None => value.to_owned(),
    }
}

/// Whether a bracket is open before `at` on its line; a long line is taken for one with brackets.
pub(super) fn in_flow(text: &str, at: usize) -> bool {
    line_before(text, at).is_none_or(|before| before.contains(['[', '{']))
}

/// Lines longer than so many bytes are not shown in a help, nor searched for one.
const LINE: usize = 400;

/// What stands before `at` on its line, if that is short.
pub(super) fn line_before(text: &str, at: usize) -> Option<&str> {
    let from = boundary(text, at.saturating_sub(LINE));
    let window = text.get(from..at)?;
    match window.rfind('\n') {
        Some(newline) => Some(&window[newline + 1..]),
        None => (from == 0).then_some(window),
    }
}

/// What stands from `at` on its line, if that is short.
pub(super) fn line_after(text: &str, at: usize) -> Option<&str> {
    let to = boundary(text, at.saturating_add(LINE));
    let window = text.get(at..to)?;
    match window.find(['\n', '\r']) {
        Some(newline) => Some(&window[..newline]),
        None => (to == text.len()).then_some(window),
    }
}

/// A character as a message shows it.
pub(super) fn code(letter: char) -> String {
    if letter == '`' { "a backtick".to_owned() } else { format!("`{letter}`") }
}

/// `at`, moved back onto a character of `text`.
pub(super) fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
