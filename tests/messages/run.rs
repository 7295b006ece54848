//! Suites as tests: one test for each file `NAME.md` of a folder.

use std::{env, fs, path::Path};

use crate::{site, suite};

/// A test for each suite of the folder that `crate::folder` tells, and one that none is left out.
macro_rules! suites {
    ($($name:ident)+) => {
        $(#[test]
        fn $name() {
            $crate::run::check(&$crate::folder(), stringify!($name));
        })+

        #[test]
        fn every_file_is_a_suite_that_runs() {
            let mut run = vec![$(stringify!($name)),+];
            run.sort_unstable();
            assert_eq!($crate::run::written(&$crate::folder()), run);
        }
    };
}

/// Every suite's name, from the files that there are.
pub(crate) fn written(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .filter_map(|entry| Some(entry.unwrap().file_name().to_str()?.strip_suffix(".md")?.to_owned()))
        .collect();
    names.sort();
    names
}

pub(crate) fn check(folder: &Path, name: &str) {
    let path = folder.join(format!("{name}.md"));
    let text = fs::read_to_string(&path).unwrap();
    let suite = suite::parse(&text);
    let outcomes: Vec<site::Outcome> = suite.iter().map(site::build).collect();
    if env::var_os("BRIEF_BLESS").is_some() {
        fs::write(&path, suite::bless(&text, &suite, &outcomes)).unwrap();
        return;
    }
    let wrong: Vec<String> = suite
        .iter()
        .zip(&outcomes)
        .flat_map(|(case, outcome)| {
            suite::differences(case, outcome)
                .into_iter()
                .map(move |difference| format!("{name}.md:{}: {}\n{difference}", case.line, case.name))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n\n"));
}
