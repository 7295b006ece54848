//! Workflow commands, which GitHub Actions shows beside the lines of a change
//! (docs.github.com, "Workflow commands for GitHub Actions").

use std::fmt::Write;

use super::{Diagnostic, places::Places, print::word};

/// `::error file=...,line=...,col=...,title=CODE::MESSAGE`.
pub(super) fn line(diagnostic: &Diagnostic, places: &Places<'_>) -> String {
    let mut line = format!("::{} ", word(diagnostic.severity));
    if let Some(span) = &diagnostic.span {
        let _ = write!(line, "file={},", property(span.path.as_str()));
        if let Some(((first, column), (last, end))) = places.region(span) {
            let _ = write!(line, "line={first},endLine={last},col={column},");
            // On several lines columns mean nothing.
            if first == last {
                let _ = write!(line, "endColumn={end},");
            }
        }
    }
    let help = diagnostic.help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
    let _ = write!(
        line,
        "title={}::{}",
        property(diagnostic.code),
        data(&format!("{}{help}", diagnostic.message))
    );
    line
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        diagnostics::{Span, Texts},
        model::SourcePath,
    };

    struct One(&'static str);

    impl Texts for One {
        fn text(&self, _: &str) -> Option<&str> {
            Some(self.0)
        }
    }

    #[test]
    fn what_would_end_a_command_or_a_property_is_escaped() {
        let path = SourcePath::new("content/a,b:c.md");
        let diagnostic =
            Diagnostic::warning("code", "100% of\r\nit").at(Span::new(&path, 3..5)).help("a: b, c");
        assert_eq!(
            line(&diagnostic, &Places::new(&One("--\nab\n"))),
            "::warning file=content/a%2Cb%3Ac.md,line=2,endLine=2,col=1,endColumn=3,title=code\
             ::100%25 of%0D%0Ait%0Ahelp: a: b, c"
        );
    }

    #[test]
    fn a_place_on_several_lines_has_no_end_column() {
        let path = SourcePath::new("a.md");
        let diagnostic = Diagnostic::error("code", "x").at(Span::new(&path, 0..5));
        assert_eq!(
            line(&diagnostic, &Places::new(&One("ab\ncd\n"))),
            "::error file=a.md,line=1,endLine=2,col=1,title=code::x"
        );
        let nowhere = Diagnostic::error("code", "x");
        assert_eq!(line(&nowhere, &Places::new(&One(""))), "::error title=code::x");
    }
}
