//! Law 3: the same input as of the same instant makes the same bytes, and a build of what stands already moves nothing.

use std::{collections::BTreeMap, fs, path::Path, time::SystemTime};

use brief::{model::Instant, release::Edition, sources::Sources};
use proptest::prelude::*;

use crate::{
    building::{brief, build, cases, difference, lay_out, public, run, sources_of, tree},
    world::world,
    write::{Files, Without, files},
};

/// When each file below `folder` was written.
fn times(folder: &Path) -> BTreeMap<String, SystemTime> {
    let modified = |path: &String| fs::metadata(folder.join(path)).unwrap().modified().unwrap();
    tree(folder).into_keys().map(|path| (path.clone(), modified(&path))).collect()
}

/// Without what is an error, so that the program writes the site.
fn mended(whole: &Files) -> Option<Files> {
    let built = build(&sources_of(whole), &public(), false);
    (!built.diagnostics.has_errors()).then(|| whole.clone())
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn neither_the_order_of_files_nor_the_number_of_threads_shows(
        world in world(),
        order in Just((0..64_usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let files = files(&world, Without::default());
        let first = build(&sources_of(&files), &public(), false);
        let mut pairs: Vec<_> = files.pairs().enumerate().collect();
        pairs.sort_by_key(|(place, _)| order[place % order.len()]);
        let shuffled = Sources::from_texts(pairs.into_iter().map(|(_, pair)| pair));
        for threads in [1, 2, 8] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let other = pool.install(|| build(&shuffled, &public(), false));
            prop_assert_eq!(difference(&first.site, &other.site), None, "with {} threads", threads);
            prop_assert_eq!(&first.diagnostics, &other.diagnostics, "with {} threads", threads);
        }
        // Nothing turns public or expires within the next days, so the clock has nothing to say.
        let later = Edition::public(Instant::parse_as_of("2025-07-01T09:30:11Z").unwrap());
        let later = build(&shuffled, &later, false);
        prop_assert_eq!(difference(&first.site, &later.site), None, "two weeks later");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { max_global_rejects: 4096, ..cases(6) })]

    #[test]
    fn neither_the_folder_nor_the_time_zone_nor_the_language_of_the_machine_shows(world in world()) {
        let Some(files) = mended(&files(&world, Without { files: true, parts: true })) else {
            return Err(TestCaseError::reject("an archive with errors is not written"));
        };
        let folder = tempfile::tempdir().unwrap();
        let machines = [
            ("one", "UTC", "C", "1"),
            ("an other/with a long name", "Asia/Jerusalem", "de_DE.UTF-8", "2"),
            ("three", "America/Los_Angeles", "tr_TR.UTF-8", "8"),
        ];
        let mut sites = Vec::new();
        for (name, zone, language, threads) in machines {
            let root = folder.path().join(name);
            lay_out(&root, &files);
            let mut command = brief(&root, &["--quiet"]);
            command.envs([("TZ", zone), ("LANG", language), ("LC_ALL", language), ("RAYON_NUM_THREADS", threads)]);
            let (code, output) = run(command);
            prop_assert_eq!(code, 0, "{}", String::from_utf8_lossy(&output.stderr));
            sites.push(tree(&root.join("public")));
        }
        prop_assert!(sites[0].contains_key(".brief.json"));
        prop_assert!(sites[0].len() > 5);
        prop_assert_eq!(&sites[0], &sites[1]);
        prop_assert_eq!(&sites[0], &sites[2]);

        let public = folder.path().join("one/public");
        let before = times(&public);
        let (code, output) = run(brief(&folder.path().join("one"), &[]));
        prop_assert_eq!(code, 0);
        prop_assert!(String::from_utf8_lossy(&output.stderr).contains("; nothing changed"));
        prop_assert_eq!(before, times(&public));
    }
}
