//! The rules that hold the code together, read from its text: who may import whom, and who may touch the world.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what a test cannot do fails it")]
#![allow(clippy::case_sensitive_file_extension_comparisons, reason = "our files end in lower case")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    sync::LazyLock,
};

/// One file of `src/`, without its comments, its literals and the tests inside it.
struct Module {
    /// From `src/`: `site/theme.rs`.
    file: String,
    /// As it lies on disk.
    written: String,
    /// Every path that it names, `use` trees spelt out: `std::fs`, `crate::model::Day`.
    paths: BTreeSet<String>,
    /// Its code.
    code: String,
}

impl Module {
    /// The top module that the file belongs to; `lib` and `main` are their own.
    fn top(&self) -> &str {
        self.file.split('/').next().unwrap().trim_end_matches(".rs")
    }

    fn names(&self, word: &str) -> bool {
        words(&self.code).any(|found| found == word)
    }

    /// Whether it names `path` or something below it.
    fn uses(&self, path: &str) -> bool {
        self.paths
            .iter()
            .any(|used| used == path || used.strip_prefix(path).is_some_and(|rest| rest.starts_with("::")))
    }
}

/// Every file of the library and the binary; files of tests alone are left out.
static MODULES: LazyLock<Vec<Module>> = LazyLock::new(modules);

fn modules() -> Vec<Module> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut modules = Vec::new();
    for file in files(&root) {
        let written = fs::read_to_string(root.join(&file)).unwrap();
        if file.ends_with("tests.rs") || file.contains("/tests/") {
            continue;
        }
        let code = without_tests(&bare(&written));
        let paths = paths(&code).iter().map(|path| from_the_root(path, &file)).collect();
        modules.push(Module { file, written, paths, code });
    }
    assert!(modules.len() > 50, "src/ was found");
    modules
}

/// Paths of the files below `folder`, from there, in their order.
fn files(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            found.insert(entry.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/"));
        }
    }
    found
}

/// The code without comments and without what stands in literals.
fn bare(text: &str) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let literal =
            [comment(rest), raw_string(rest), string(rest), character(rest)].into_iter().flatten().next();
        if let Some(length) = literal {
            // A blank keeps what stands before and after apart.
            code.push(' ');
            code.extend(rest[..length].matches('\n'));
            rest = &rest[length..];
        } else {
            code.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    code
}

/// The length of the comment that `text` begins with.
fn comment(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    text.starts_with("/*").then(|| text.find("*/").map_or(text.len(), |end| end + 2))
}

/// The length of the raw string that `text` begins with.
fn raw_string(text: &str) -> Option<usize> {
    let hashes = text.strip_prefix('r')?;
    let quoted = hashes.trim_start_matches('#');
    let end = format!("\"{}", "#".repeat(hashes.len() - quoted.len()));
    let inside = quoted.strip_prefix('"')?;
    Some(text.len() - inside.len() + inside.find(&end)? + end.len())
}

/// The length of the string that `text` begins with.
fn string(text: &str) -> Option<usize> {
    let mut escaped = false;
    let inside = text.strip_prefix('"')?;
    let end = inside.find(|c| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    })?;
    Some(end + 2)
}

/// The length of the character that `text` begins with; a lifetime is none.
fn character(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('\'')?;
    if let Some(escape) = inside.strip_prefix('\\') {
        return Some(escape[1..].find('\'')? + 4);
    }
    let first = inside.chars().next()?.len_utf8();
    inside[first..].starts_with('\'').then_some(first + 2)
}

/// The code before the tests at the bottom of a file.
fn without_tests(code: &str) -> String {
    match code.find("#[cfg(test)]\nmod tests {") {
        Some(start) => code[..start].to_owned(),
        None => code.to_owned(),
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|c: char| !is_word(c)).filter(|word| !word.is_empty())
}

/// Every path of two words or more.
fn paths(code: &str) -> BTreeSet<String> {
    let code: String = code.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut found = BTreeSet::new();
    let mut rest = code.as_str();
    while let Some(start) = rest.find(is_word) {
        let before = rest[..start].chars().next_back();
        rest = &rest[start..];
        let end = rest.find(|c: char| !is_word(c) && c != ':').unwrap_or(rest.len());
        let (path, after) = rest.split_at(end);
        if let Some(group) = path.ends_with("::").then(|| after.strip_prefix('{')).flatten() {
            rest = tree(path, group, &mut found);
            continue;
        }
        if path.contains("::") && before != Some('.') {
            found.insert(path.trim_matches(':').to_owned());
        }
        rest = after;
    }
    found
}

/// `path` as it reads from the root of the crate, where `super` after `super` leads there from `file`.
fn from_the_root(path: &str, file: &str) -> String {
    let depth = file.trim_end_matches("/mod.rs").split('/').count();
    path.strip_prefix(&"super::".repeat(depth))
        .map_or_else(|| path.to_owned(), |rest| format!("crate::{rest}"))
}

/// Spells out the group of a `use` tree that begins after its brace, and returns what stands after it.
fn tree<'a>(prefix: &str, mut rest: &'a str, found: &mut BTreeSet<String>) -> &'a str {
    loop {
        rest = rest.trim_start_matches([' ', ',']);
        if let Some(after) = rest.strip_prefix('}') {
            return after;
        }
        let end = rest.find(['{', ',', '}']).expect("a group ends");
        let path = format!("{prefix}{}", rest[..end].split(" as ").next().unwrap().trim());
        found.insert(path.trim_end_matches("::self").trim_end_matches(':').to_owned());
        rest = &rest[end..];
        if let Some(group) = rest.strip_prefix('{') {
            rest = tree(&path, group, found);
        }
    }
}

/// The modules in the order of `lib.rs`, and what it re-exports of which of them.
fn layers(modules: &[Module]) -> (Vec<String>, BTreeMap<String, String>) {
    let lib = modules.iter().find(|module| module.file == "lib.rs").unwrap();
    let declared = |line: &str| {
        let name = line.trim_start_matches("pub ").strip_prefix("mod ")?;
        name.strip_suffix(';').map(str::to_owned)
    };
    let order: Vec<String> = lib.code.lines().filter_map(declared).collect();
    let exported = lib.paths.iter().filter_map(|path| {
        let (module, name) = path.split_once("::")?;
        Some((name.to_owned(), module.to_owned()))
    });
    (order.clone(), exported.filter(|(_, module)| order.contains(module)).collect())
}

#[test]
fn the_reader_of_code_sees_paths_and_no_literals() {
    let code = bare(
        "use a::{b, c::{self, d as e}, f}; // x::y\nlet s = \"g::h\\\"\"; '\"'; j::k(r#\"l::m\"#) &'a n /* o::p */",
    );
    let expected = ["a::b", "a::c", "a::c::d", "a::f", "j::k"];
    assert_eq!(paths(&code).iter().map(String::as_str).collect::<Vec<_>>(), expected);
    assert_eq!(from_the_root("super::super::site::Theme", "archive/index.rs"), "crate::site::Theme");
    assert_eq!(from_the_root("super::Theme", "archive/index.rs"), "super::Theme");
    assert_eq!(from_the_root("super::site", "archive/mod.rs"), "crate::site");
}

#[test]
fn a_module_imports_only_what_stands_above_it() {
    let (order, exported) = layers(&MODULES);
    assert!(order.len() > 10 && order[0] == "model", "{order:?}");
    let place = |name: &str| order.iter().position(|known| known == name);
    let mut wrong = Vec::new();
    for module in MODULES.iter().filter(|module| !["lib", "main"].contains(&module.top())) {
        let own = place(module.top()).unwrap_or_else(|| panic!("{} belongs to no module", module.file));
        for path in module.paths.iter().filter_map(|path| path.strip_prefix("crate::")) {
            let name = path.split("::").next().unwrap();
            let name = exported.get(name).map_or(name, String::as_str);
            if place(name).is_none_or(|other| other > own) {
                wrong.push(format!("{} imports crate::{path}", module.file));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn only_sources_output_and_commands_touch_the_world() {
    const WORLD: [&str; 12] = [
        "std::fs",
        "std::env",
        "std::net",
        "std::process",
        "std::thread",
        "std::io::stdin",
        "std::io::stdout",
        "std::io::stderr",
        "std::time::SystemTime",
        "std::time::Instant",
        "chrono::Local",
        "walkdir",
    ];
    let mut wrong = Vec::new();
    for module in MODULES.iter() {
        // The binary hands the exit code on, and does nothing else.
        let allowed = ["sources", "output", "commands", "main"].contains(&module.top());
        let touched = WORLD.iter().filter(|path| module.uses(path)).copied();
        let clock = module.paths.iter().any(|path| path.ends_with("Utc::now")).then_some("Utc::now");
        if !allowed {
            wrong.extend(touched.chain(clock).map(|path| format!("{} uses {path}", module.file)));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn only_commands_run_other_programs() {
    let runners = MODULES.iter().filter(|module| module.uses("std::process::Command"));
    assert_eq!(
        runners.map(|module| module.file.as_str()).collect::<Vec<_>>(),
        ["commands/check/lychee.rs", "commands/git.rs"]
    );
}

#[test]
fn after_the_release_only_the_theme_reads_sources() {
    let after = |module: &Module| ["archive", "pages", "site"].contains(&module.top());
    let readers = MODULES.iter().filter(|module| after(module) && module.names("Sources"));
    assert_eq!(readers.map(|module| module.file.as_str()).collect::<Vec<_>>(), ["site/theme.rs"]);
}

#[test]
fn only_the_markdown_stage_knows_markdown_and_html_of_authors() {
    for module in MODULES.iter() {
        let foreign = ["pulldown_cmark", "ammonia"].into_iter().find(|name| module.names(name));
        let allowed = module.file.starts_with("documents/markdown/");
        assert!(allowed || foreign.is_none(), "{} names {}", module.file, foreign.unwrap_or_default());
    }
}

#[test]
fn only_the_release_decides_by_markings() {
    for module in MODULES.iter() {
        let allowed = ["model", "documents", "release"].contains(&module.top());
        for field in ["tlp", "embargo", "draft"] {
            let read = module.code.match_indices(&format!(".{field}")).any(|(start, found)| {
                // A method of that name would be followed by its arguments.
                let after = module.code[start + found.len()..].chars().next();
                after.is_none_or(|c| !is_word(c) && c != '(')
            });
            assert!(allowed || !read, "{} reads .{field}", module.file);
        }
    }
}

#[test]
fn only_the_key_of_the_site_says_that_pages_do_not_know_the_time() {
    let drawing = MODULES.iter().filter(|module| ["pages", "site"].contains(&module.top()));
    let knowing = drawing.filter(|module| words(&module.code).any(|word| word == "as_of"));
    assert_eq!(knowing.map(|module| module.file.as_str()).collect::<Vec<_>>(), ["site/whole.rs"]);
}

#[test]
fn only_the_page_that_shows_a_text_reads_it() {
    let drawing = MODULES.iter().filter(|module| ["pages", "site"].contains(&module.top()));
    let reads = |module: &&Module| {
        let parts = ["prose", "outline", "mentions", "translation_links", "translation_mentions"];
        words(&module.code).any(|word| parts.contains(&word)) && !module.file.contains("test")
    };
    // Labels read them in an edition in which texts are part of the key of the whole site, and the search, whose files are
    // known by all texts.
    assert_eq!(
        drawing.filter(reads).map(|module| module.file.as_str()).collect::<Vec<_>>(),
        ["site/bodies.rs", "site/labels.rs", "site/search/numbers.rs", "site/search/reading.rs"]
    );
}

#[test]
fn no_map_or_set_has_an_order_by_chance() {
    let users = MODULES.iter().filter(|module| module.names("HashMap") || module.names("HashSet"));
    // The sanitiser's interface takes them; their order reaches nothing.
    assert_eq!(
        users.map(|module| module.file.as_str()).collect::<Vec<_>>(),
        ["documents/markdown/sanitise.rs"]
    );
}

#[test]
fn files_stay_small() {
    /// Files that are longer all the same.
    const LONGER: [&str; 0] = [];
    const LIMIT: usize = 450;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let lines = |file: &str| fs::read_to_string(root.join(file)).unwrap().lines().count();
    let rust = files(&root).into_iter().filter(|file| file.ends_with(".rs"));
    let long: Vec<String> = rust.filter(|file| lines(file) > LIMIT).collect();
    assert_eq!(long, LONGER, "over {LIMIT} lines; take a file that has become shorter off the list");
    assert!(lines("main.rs") <= 12, "the binary holds nothing but the call of the library");
    assert!(lines("lib.rs") <= 60, "the library's root is a map");
}

#[test]
fn nothing_is_left_to_be_done_later() {
    for module in MODULES.iter() {
        let note = words(&module.written).find(|word| ["TODO", "FIXME", "XXX"].contains(word));
        assert_eq!(note, None, "in {}", module.file);
    }
}
