use std::{
    collections::BTreeSet,
    io::{self, Write},
    path::Path,
};

use serde_json::{Map, Value};

use super::{
    super::Written,
    rows::{Cell, Row, Rows},
};

/// A cell of a table is no wider; the last one, a path, is whole.
const WIDEST: usize = 60;

/// Writes the rows of the archive at `root` to standard output.
pub(super) fn write(rows: &Rows, root: &Path, format: Written, null: bool) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    match format {
        Written::Json => lines(rows, &mut out)?,
        Written::Csv => csv(rows, &mut out)?,
        Written::Paths => paths(rows, root, if null { b'\0' } else { b'\n' }, &mut out)?,
        _ => table(rows, &mut out)?,
    }
    out.flush()
}

fn table(rows: &Rows, out: &mut impl Write) -> io::Result<()> {
    if rows.rows.is_empty() {
        return Ok(());
    }
    let header = rows.columns.iter().map(|column| (*column).to_owned()).collect();
    let mut lines: Vec<Vec<String>> = vec![header];
    let shown = |row: &Row| {
        let cells = row.cells.iter().zip(&rows.columns);
        cells
            .map(|(cell, column)| if *column == "path" { plain(cell) } else { short(&plain(cell)) })
            .collect()
    };
    lines.extend(rows.rows.iter().map(shown));
    let width =
        |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..rows.columns.len()).map(width).collect();
    for line in &lines {
        let cells = line.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        writeln!(out, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    Ok(())
}

/// A cell on one line, without what would move a terminal's cursor.
fn plain(cell: &Cell) -> String {
    let text = match cell {
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        Cell::Names(names) if !names.is_empty() => names.join(", "),
        Cell::Names(_) | Cell::Nothing => "-".to_owned(),
    };
    let seen = |c: char| if c.is_control() { ' ' } else { c };
    text.chars().map(seen).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn short(text: &str) -> String {
    match text.char_indices().nth(WIDEST) {
        None => text.to_owned(),
        Some(_) => text.chars().take(WIDEST - 1).chain(['…']).collect(),
    }
}

fn lines(rows: &Rows, out: &mut impl Write) -> io::Result<()> {
    for row in &rows.rows {
        let entries = rows.columns.iter().zip(&row.cells).map(|(column, cell)| {
            let value = match cell {
                Cell::Text(text) => text.as_str().into(),
                Cell::Number(number) => (*number).into(),
                Cell::Names(names) => names.iter().map(String::as_str).collect(),
                Cell::Nothing => Value::Null,
            };
            ((*column).to_owned(), value)
        });
        writeln!(out, "{}", Value::Object(entries.collect::<Map<_, _>>()))?;
    }
    Ok(())
}

/// RFC 4180.
fn csv(rows: &Rows, out: &mut impl Write) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    writer.write_record(&rows.columns)?;
    for row in &rows.rows {
        writer.write_record(row.cells.iter().map(|cell| match cell {
            Cell::Text(text) => inert(text),
            Cell::Number(number) => number.to_string(),
            Cell::Names(names) => inert(&names.join("; ")),
            Cell::Nothing => String::new(),
        }))?;
    }
    writer.flush()
}

/// A text that no program for tables takes for a formula: it computes what begins with one of these signs, and an
/// apostrophe before it makes it text (OWASP, "CSV Injection").
fn inert(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

/// Each file once, from where `brief` was run.
fn paths(rows: &Rows, root: &Path, end: u8, out: &mut impl Write) -> io::Result<()> {
    let mut met = BTreeSet::new();
    for path in rows.rows.iter().filter_map(|row| row.path.as_ref()) {
        if met.insert(path) {
            let path = if root == Path::new(".") { path.as_str().into() } else { root.join(path.as_str()) };
            out.write_all(path.as_os_str().as_encoded_bytes())?;
            out.write_all(&[end])?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn csv_of(text: &str) -> String {
        let row = Row { cells: vec![Cell::Text(text.into()), Cell::Nothing], path: None };
        let mut out = Vec::new();
        csv(&Rows { columns: vec!["a", "b"], rows: vec![row] }, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_csv_cell_is_quoted_where_it_has_to_be_and_never_a_formula() {
        assert_eq!(csv_of("plain"), "a,b\r\nplain,\r\n");
        assert_eq!(csv_of("a,\"b\"\nc"), "a,b\r\n\"a,\"\"b\"\"\nc\",\r\n");
        assert_eq!(csv_of("=1+1"), "a,b\r\n'=1+1,\r\n");
        assert_eq!(csv_of("@SUM(A1)"), "a,b\r\n'@SUM(A1),\r\n");
    }

    #[test]
    fn a_cell_of_a_table_is_one_short_line() {
        assert_eq!(plain(&Cell::Text("a\n\u{1b}[31mb".into())), "a [31mb");
        assert_eq!(short(&"x".repeat(60)).chars().count(), 60);
        assert_eq!(short(&"x".repeat(61)), format!("{}…", "x".repeat(59)));
    }
}
