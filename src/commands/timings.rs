use std::{fmt::Write as _, time::Instant as Clock};

use serde_json::{Map, Value};

/// How long each stage took and what it made, in the order of the stages.
pub(super) struct Timings {
    last: Clock,
    rows: Vec<Row>,
}

struct Row {
    stage: &'static str,
    seconds: f64,
    /// What it made, by the word for it.
    counts: Vec<(&'static str, u64)>,
}

impl Timings {
    /// The first stage begins now.
    pub(super) fn begin() -> Self {
        Self { last: Clock::now(), rows: Vec::new() }
    }

    /// Ends the stage that began when the last one ended.
    pub(super) fn end(&mut self, stage: &'static str, counts: &[(&'static str, u64)]) {
        let now = Clock::now();
        let seconds = now.duration_since(self.last).as_secs_f64();
        self.last = now;
        self.rows.push(Row { stage, seconds, counts: counts.to_vec() });
    }

    /// The stages in one line, for people.
    pub(super) fn line(&self) -> String {
        let stages: Vec<String> =
            self.rows.iter().map(|row| format!("{} {:.3} s", row.stage, row.seconds)).collect();
        stages.join(", ")
    }

    /// The stages with their seconds, shares and counts, a line each.
    pub(super) fn table(&self) -> String {
        let all: f64 = self.rows.iter().map(|row| row.seconds).sum();
        let mut table = format!("{:<8}{:>9}{:>7}\n", "stage", "seconds", "share");
        for Row { stage, seconds, counts } in &self.rows {
            let share = if all > 0.0 { 100.0 * seconds / all } else { 0.0 };
            let counts: Vec<String> = counts.iter().map(|(word, count)| counted(word, *count)).collect();
            let line = format!("{stage:<8}{seconds:>9.3}{share:>5.0} %  {}", counts.join(", "));
            let _ = writeln!(table, "{}", line.trim_end());
        }
        let _ = writeln!(table, "{:<8}{all:>9.3}{:>5} %", "all", 100);
        table
    }

    /// The seconds alone, by the stages' names.
    pub(super) fn seconds(&self) -> Value {
        let of = |row: &Row| (row.stage.to_owned(), to_the_millisecond(row.seconds));
        Value::Object(self.rows.iter().map(of).collect())
    }

    /// The seconds and the counts, by the stages' names.
    pub(super) fn numbers(&self) -> Value {
        let of = |row: &Row| {
            let mut numbers = Map::from_iter([("seconds".to_owned(), to_the_millisecond(row.seconds))]);
            numbers.extend(row.counts.iter().map(|(word, count)| ((*word).to_owned(), (*count).into())));
            (row.stage.to_owned(), Value::Object(numbers))
        };
        Value::Object(self.rows.iter().map(of).collect())
    }
}

fn to_the_millisecond(seconds: f64) -> Value {
    ((seconds * 1000.0).round() / 1000.0).into()
}

/// `12 drawn`; bytes as people count them.
fn counted(word: &str, count: u64) -> String {
    #[allow(clippy::cast_precision_loss, reason = "one digit after the point is shown")]
    let size = count as f64;
    match word {
        "bytes" if count >= 1_000_000 => format!("{:.1} MB", size / 1e6),
        "bytes" if count >= 1_000 => format!("{:.1} kB", size / 1e3),
        _ => format!("{count} {word}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timings() -> Timings {
        let row =
            |stage, seconds, counts: &[(&'static str, u64)]| Row { stage, seconds, counts: counts.into() };
        Timings {
            last: Clock::now(),
            rows: vec![
                row("read", 1.0, &[("texts", 20_001), ("bytes", 70_053_806)]),
                row("index", 2.9996, &[]),
                row("write", 12.0004, &[("written", 3), ("bytes", 999)]),
            ],
        }
    }

    #[test]
    fn the_table_is_aligned_and_its_shares_are_of_all() {
        assert_eq!(
            timings().table(),
            "\
stage     seconds  share
read        1.000    6 %  20001 texts, 70.1 MB
index       3.000   19 %
write      12.000   75 %  3 written, 999 bytes
all        16.000  100 %
"
        );
        assert_eq!(timings().line(), "read 1.000 s, index 3.000 s, write 12.000 s");
    }

    #[test]
    fn machines_get_seconds_and_whole_numbers() {
        assert_eq!(
            timings().numbers().to_string(),
            r#"{"read":{"seconds":1.0,"texts":20001,"bytes":70053806},"index":{"seconds":3.0},"write":{"seconds":12.0,"written":3,"bytes":999}}"#
        );
        assert_eq!(timings().seconds().to_string(), r#"{"read":1.0,"index":3.0,"write":12.0}"#);
    }
}
