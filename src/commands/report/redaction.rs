use std::io::{self, Write};

use crate::redaction::{Plan, Replaced};

/// So many places that were left as they are get shown.
const SHOWN: usize = 40;

/// Tells people what changes.
pub(super) fn people(
    out: &mut impl Write,
    plan: &Plan,
    dry_run: bool,
    unread: usize,
    quiet: bool,
) -> io::Result<()> {
    if !quiet {
        files(out, plan, dry_run)?;
        seen(out, plan)?;
        if plan.files.is_empty() {
            return writeln!(out, "nothing to do: the name stands nowhere, and every build looks for it");
        }
        left(out, plan, unread)?;
    }
    writeln!(out, "{}", summary(plan, dry_run))
}

fn files(out: &mut impl Write, plan: &Plan, dry_run: bool) -> io::Result<()> {
    for file in &plan.files {
        if file.from == file.to {
            writeln!(out, "changed: {}", file.to)?;
        } else {
            writeln!(out, "moved: {} -> {}", file.from, file.to)?;
        }
        if dry_run {
            for Replaced { line, old, new, .. } in &file.replaced {
                writeln!(out, "  {line}: {} -> {new}", in_one_line(old))?;
            }
            if file.noted {
                writeln!(out, "  and a note in `corrections`")?;
            }
        }
    }
    Ok(())
}

fn seen(out: &mut impl Write, plan: &Plan) -> io::Result<()> {
    if plan.seen.is_empty() {
        return Ok(());
    }
    writeln!(out, "these may mean the same person, and were not changed: look at them")?;
    for (path, seen) in plan.seen.iter().take(SHOWN) {
        writeln!(out, "  {path}:{}: {}", seen.line, in_one_line(&seen.words))?;
    }
    match plan.seen.len().saturating_sub(SHOWN) {
        0 => Ok(()),
        more => writeln!(out, "  and {more} more"),
    }
}

/// What nobody but the editor can change.
fn left(out: &mut impl Write, plan: &Plan, unread: usize) -> io::Result<()> {
    let addresses =
        plan.files.iter().flat_map(|file| &file.replaced).filter(|replaced| replaced.is_address).count();
    if addresses > 0 {
        let words =
            if addresses == 1 { "1 address elsewhere" } else { &format!("{addresses} addresses elsewhere") };
        writeln!(out, "note: of {words} only the host is left, since the name stood in it")?;
    }
    if let Some((path, keys)) = &plan.telling {
        let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
        writeln!(out, "note: `{path}` also has {}, which may tell who it is", keys.join(", "))?;
    }
    if unread > 0 {
        writeln!(out, "note: {unread} pictures and other files that are no text were not looked into")?;
    }
    writeln!(
        out,
        "note: left to you: the history of git, the site until the next build, published copies, caches, backups"
    )
}

fn summary(plan: &Plan, dry_run: bool) -> String {
    let count = |count: usize| if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
    let moved = plan.files.iter().filter(|file| file.from != file.to).count();
    let verb = if dry_run { "would change" } else { "changed" };
    let moved = if moved == 0 { String::new() } else { format!(", {moved} of them moved") };
    format!("{verb} {}{moved}; `{}` stands in the name's place", count(plan.files.len()), plan.pseudonym)
}

/// Tells machines what changes.
pub(super) fn machines(out: &mut impl Write, plan: &Plan, dry_run: bool, unread: usize) -> io::Result<()> {
    for file in &plan.files {
        let places: Vec<_> = file.replaced.iter().map(|place| {
            serde_json::json!({"line": place.line, "old": place.old, "new": place.new, "address": place.is_address})
        }).collect();
        let (from, to) = (file.from.as_str(), file.to.as_str());
        let line =
            serde_json::json!({"redacted": {"from": from, "to": to, "places": places, "noted": file.noted}});
        writeln!(out, "{line}")?;
    }
    for (path, seen) in &plan.seen {
        let line =
            serde_json::json!({"seen": {"path": path.as_str(), "line": seen.line, "words": seen.words}});
        writeln!(out, "{line}")?;
    }
    let line = serde_json::json!({"summary": {
        "files": plan.files.len(), "pseudonym": plan.pseudonym, "seen": plan.seen.len(), "unread": unread, "dry_run": dry_run,
    }});
    writeln!(out, "{line}")
}

fn in_one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
