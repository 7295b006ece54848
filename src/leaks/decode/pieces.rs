use super::markup;

/// Cuts markup before lines that begin with the tag of a block: no run of words goes on over that, and none of encoded
/// digits. Where it is cut depends on the line and the one before it alone, so that what stands on two pages is cut alike.
pub(super) fn of(markup: &str) -> impl Iterator<Item = &str> {
    // So many bytes of the line before are worth a cut.
    const WORTH: usize = 32;
    let (mut rest, mut line) = (markup, 0);
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        while let Some(end) = rest[line..].find('\n').map(|end| line + end + 1) {
            let is_worth_it = end - line > WORTH;
            line = end;
            if is_worth_it && begins_a_block(&rest[line..]) {
                let piece;
                (piece, rest) = rest.split_at(line);
                line = 0;
                return Some(piece);
            }
        }
        line = 0;
        Some(std::mem::take(&mut rest))
    })
}

fn begins_a_block(line: &str) -> bool {
    let Some(tag) = line.trim_start_matches([' ', '\t']).strip_prefix('<') else { return false };
    let name = &tag[..tag.bytes().take_while(u8::is_ascii_alphanumeric).count()];
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && !name.bytes().any(|byte| byte.is_ascii_uppercase())
        && matches!(tag.as_bytes().get(name.len()), Some(b'>' | b' ' | b'\n' | b'\t' | b'/'))
        && markup::is_block(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(markup: &str) -> String {
        of(markup).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn markup_is_cut_before_lines_that_begin_a_block() {
        let long = "x".repeat(32);
        assert_eq!(cut(&format!("<p>{long}\n <div id=a>b\n<p>c")), format!("<p>{long}\n| <div id=a>b\n<p>c"));
        for line in ["<b>b</b>", "<br>", "<P>", "<div", "</p>", "p", "<x-y>", "<!-- c -->", "<1>"] {
            let text = format!("<p>{long}\n{line}");
            assert_eq!(cut(&text), text);
        }
    }

    #[test]
    fn equal_lines_are_cut_alike_whatever_stands_before_them() {
        let card = format!("<article>{}\n<p>{}\n", "a".repeat(40), "b".repeat(40));
        for before in ["<body>\n", "<body class=\"some-class and-another\">\n"] {
            let text = format!("{before}{card}<footer>");
            assert!(of(&text).any(|piece| piece == format!("<p>{}\n", "b".repeat(40))), "{before}");
        }
    }
}
