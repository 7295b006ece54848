//! What pages say of each other holds: links lead somewhere, every page can be reached, and counts are those of lists.

use std::collections::{BTreeMap, BTreeSet};

use brief::{
    archive::{Entry, What},
    pages::{Content, With},
    settings::BaseUrl,
};
use proptest::{prelude::*, test_runner::TestCaseError};

use crate::{
    building::{Site, build, cases, everything, public, sources_of},
    html::{percent_decode, tags},
    world::{World, world},
    write::{Files, Without, files},
};

/// A page: what has an id, and where its links and files lead.
struct Page {
    ids: BTreeSet<String>,
    twice: Option<String>,
    leads: Vec<Lead>,
}

struct Lead {
    to: String,
    is_link: bool,
}

fn read(html: &str) -> Page {
    let mut page = Page { ids: BTreeSet::new(), twice: None, leads: Vec::new() };
    for tag in tags(html) {
        if let Some(id) = tag.attributes.get("id")
            && !page.ids.insert(id.clone())
        {
            page.twice = Some(id.clone());
        }
        let is_canonical = tag.attributes.get("rel").is_some_and(|rel| rel == "canonical");
        for key in ["href", "src", "action"] {
            if let Some(to) = tag.attributes.get(key).filter(|_| !is_canonical) {
                page.leads.push(Lead { to: to.clone(), is_link: ["a", "form"].contains(&&*tag.name) });
            }
        }
    }
    page
}

/// How the site is put up.
struct Hosting {
    base: Option<&'static str>,
    from_disk: bool,
}

const HOSTINGS: [Hosting; 5] = [
    Hosting { base: None, from_disk: false },
    Hosting { base: Some("https://desk.example/"), from_disk: false },
    Hosting { base: Some("https://desk.example/archive/deep/"), from_disk: false },
    Hosting { base: None, from_disk: true },
    Hosting { base: Some("https://desk.example/archive/"), from_disk: true },
];

/// The file that `to`, written on the page at `from`, leads to; `None` where it leads out of the site.
fn resolve(to: &str, from: &str, hosting: &Hosting) -> Result<Option<(String, Option<String>)>, String> {
    if ["http:", "https:", "mailto:", "tel:", "//"].iter().any(|scheme| to.starts_with(scheme)) {
        return Ok(None);
    }
    let (path, fragment) = match to.split_once('#') {
        Some((path, fragment)) => (path, Some(percent_decode(fragment))),
        None => (to, None),
    };
    if path.is_empty() {
        return Ok(Some((from.to_owned(), fragment)));
    }
    let prefix = match hosting.base {
        Some(base) if !hosting.from_disk => BaseUrl::parse(base).unwrap().path().to_owned(),
        _ => "/".to_owned(),
    };
    let mut segments: Vec<String> = Vec::new();
    let below = if path.starts_with('/') {
        if hosting.from_disk {
            return Err("a path from the root leads nowhere in a folder".into());
        }
        path.strip_prefix(&*prefix).ok_or("it leads out of the sub-path")?
    } else {
        segments.extend(from.split('/').map(str::to_owned));
        segments.pop();
        path
    };
    for segment in below.split('/') {
        match segment {
            "." => {}
            ".." => drop(segments.pop().ok_or("it leads above the root")?),
            segment => segments.push(percent_decode(segment)),
        }
    }
    let mut file = segments.join("/");
    if file.is_empty() || file.ends_with('/') {
        if hosting.from_disk {
            return Err("it leads to a folder".into());
        }
        file.push_str("index.html");
    }
    Ok(Some((file, fragment)))
}

fn with_base(files: &Files, base: Option<&str>) -> Files {
    let mut files = files.clone();
    let settings = files.texts.get_mut("brief.toml").unwrap();
    let kept: String =
        settings.lines().filter(|line| !line.starts_with("base_url")).flat_map(|line| [line, "\n"]).collect();
    *settings = match base {
        Some(base) => format!("base_url = \"{base}\"\n{kept}"),
        None => kept,
    };
    files
}

fn check(site: &Site, hosting: &Hosting) -> Result<(), TestCaseError> {
    let is_page = |path: &&String| path.ends_with(".html");
    let pages: BTreeMap<&str, Page> = site
        .iter()
        .filter(|(path, _)| is_page(path))
        .map(|(path, files)| (path.as_str(), read(std::str::from_utf8(&files[0]).unwrap())))
        .collect();
    let mut next: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (path, page) in &pages {
        prop_assert_eq!(&page.twice, &None, "`{}` has an id twice", path);
        for lead in &page.leads {
            let found = resolve(&lead.to, path, hosting);
            let found =
                found.map_err(|why| TestCaseError::fail(format!("`{}` on `{path}`: {why}", lead.to)))?;
            let Some((file, fragment)) = found else { continue };
            prop_assert!(
                site.contains_key(&file),
                "`{}` on `{}` leads to no file: `{}`",
                lead.to,
                path,
                file
            );
            if let Some(fragment) = fragment {
                let has = pages.get(file.as_str()).is_some_and(|page| page.ids.contains(&fragment));
                prop_assert!(has, "`{}` on `{}` leads to no id of `{}`", lead.to, path, file);
            }
            if lead.is_link {
                next.entry(path).or_default().push(file);
            }
        }
    }
    let mut reached = BTreeSet::from(["index.html".to_owned()]);
    let mut open = vec!["index.html".to_owned()];
    while let Some(path) = open.pop() {
        for file in next.get(path.as_str()).into_iter().flatten() {
            if reached.insert(file.clone()) {
                open.push(file.clone());
            }
        }
    }
    for (path, files) in site.iter().filter(|(path, _)| is_page(path)) {
        // What stands where something was before, or for what never was, is reached from elsewhere.
        let text = String::from_utf8_lossy(&files[0]);
        let elsewhere = ["http-equiv=\"refresh\"", "<body class=\"tombstone\">"];
        let is_expected = path != "404.html" && !elsewhere.iter().any(|mark| text.contains(mark));
        prop_assert!(!is_expected || reached.contains(path), "no link leads to `{}`", path);
    }
    Ok(())
}

fn holds_for(world: &World, open: bool) -> Result<(), TestCaseError> {
    // Without what is held back no reference is broken twice over, and what is left is drawn in full.
    let files = files(world, Without::default());
    let edition = if open { everything() } else { public() };
    for hosting in &HOSTINGS {
        let built = build(&sources_of(&with_base(&files, hosting.base)), &edition, hosting.from_disk);
        check(&built.site, hosting)?;
    }
    Ok(())
}

/// An entity's page up to the end of its timeline; below stand excerpts of other lists.
fn timeline(html: &str) -> &str {
    html.split("<section class=\"unnamed-speakers\">").next().unwrap_or_default()
}

/// How many items the lists of a page hold, of whatever sort.
fn items(html: &str) -> usize {
    ["<article class=\"card\"", "<article class=\"row\"", "<div class=\"event\"", "<div class=\"claim\""]
        .iter()
        .map(|item| html.matches(item).count())
        .sum()
}

/// The numbers that stand by links in the sections of a page which begin with `start`, and where these lead.
fn counted<'h>(html: &'h str, start: &str) -> Vec<(&'h str, usize)> {
    let sections = html.split(start).skip(1).filter_map(|rest| rest.split("</section>").next());
    let links = sections.flat_map(|section| section.split("<li><a href=\"").skip(1));
    let link = |link: &'h str| {
        let number = link.split("<span class=\"count\">").nth(1)?.split('<').next()?;
        Some((link.split('"').next()?, number.parse().ok()?))
    };
    links.filter_map(link).collect()
}

/// A page without the sections of what an actor says and the like, and those.
fn without_voices(page: &str) -> (String, Vec<String>) {
    let mut parts = page.split("<section class=\"voice\">");
    let mut rest = parts.next().unwrap_or_default().to_owned();
    let mut voices = Vec::new();
    for part in parts {
        let (voice, after) = part.split_once("</section>").unwrap();
        voices.push(voice.to_owned());
        rest += after;
    }
    (rest, voices)
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn every_link_leads_to_a_file_and_every_page_is_reached_from_the_first(world in world(), open in any::<bool>()) {
        holds_for(&world, open)?;
    }

    #[test]
    fn what_lists_count_is_what_they_list(world in world()) {
        let files = files(&world, Without::default());
        let sources = sources_of(&files);
        let mut diagnostics = brief::diagnostics::Diagnostics::new();
        let settings = brief::settings::parse(&sources, &mut diagnostics);
        let edition = public();
        let build = brief::plan(&sources, &settings, &edition, false, &mut diagnostics);
        let site = crate::building::build(&sources, &edition, false).site;
        let page = |path: &str| String::from_utf8(site[path][0].clone()).unwrap();
        let archive = &build.archive;

        let total = archive.briefings.len();
        let told = format!("({total})</a>");
        prop_assert!(total == 0 || page("index.html").contains(&told));
        for (kind, described) in settings.kinds.iter().enumerate() {
            for place in archive.entities_of(kind) {
                let entity = &archive[place];
                // All the parts of its list hold what its counts say, one item each.
                let own = format!("{}index.html", entity.address);
                let part = format!("{}page/", entity.address);
                let parts = site.keys().filter(|path| **path == own || path.starts_with(&part));
                let (listed, voices): (Vec<String>, Vec<Vec<String>>) =
                    parts.map(|path| without_voices(timeline(&page(path)))).unzip();
                let count = |what: &str| listed.iter().map(|page| page.matches(what).count()).sum::<usize>();
                let counts = entity.counts();
                prop_assert_eq!(count("<article class=\"card\""), counts.briefings, "{}", entity.address);
                prop_assert_eq!(count("<div class=\"event\""), counts.events, "{}", entity.address);
                // A claim is shown where it stands, and once more with each answer that stands there.
                let said = |entry: &&Entry| matches!(entry.what, What::Claim(_) | What::Response(..));
                let claims = entity.timeline.iter().filter(said).count();
                prop_assert_eq!(count("<div class=\"claim\""), claims, "{}", entity.address);
                // What an actor says, what is said about it and what it answers stand above, the newest ten of each.
                let whole = brief::pages::voices_of(place).map(|of| brief::pages::ledger_list(archive, of).len());
                let whole: Vec<usize> = whole.into_iter().filter(|count| *count > 0).collect();
                let told: Vec<String> = voices.into_iter().flatten().collect();
                prop_assert_eq!(whole.len(), told.len(), "{}", entity.address);
                for (count, voice) in whole.into_iter().zip(told) {
                    let shown = voice.matches("<div class=\"claim\"").count();
                    prop_assert_eq!(shown, count.min(10), "{}", entity.address);
                    let heading = format!("<span class=\"count\">{count}</span></h2>");
                    prop_assert!(voice.contains(&heading), "{}: {}", entity.address, voice);
                }
                let brief::archive::Counts { briefings, events, claims } = counts;
                let shown = format!("<td>{briefings}</td><td>{events}</td><td>{claims}</td>");
                let index = site.keys().filter(|path| path.starts_with(&format!("{}/", described.path)));
                let told = kind == brief::settings::DATE || index.into_iter().any(|path| page(path).contains(&shown));
                prop_assert!(told, "{}", entity.address);
            }
        }
        if archive.claims.is_empty() {
            return Ok(());
        }
        let ledger = page("claims/index.html");
        for of in [brief::pages::LedgerOf::All].into_iter().chain(brief::pages::ledger_lists(archive)) {
            let address = brief::pages::ledger_address(archive, of);
            let own = format!("{address}index.html");
            let part = format!("{address}page/");
            let parts = site.keys().filter(|path| **path == own || path.starts_with(&part));
            let shown: usize = parts.map(|path| page(path).matches("<div class=\"claim\"").count()).sum();
            prop_assert_eq!(shown, brief::pages::ledger_list(archive, of).len(), "{}", &address);
            let last = address.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
            let line = ledger.lines().find(|line| line.contains("class=\"count\"") && line.contains(&format!("{last}/")));
            let told = line.is_some_and(|line| line.contains(&format!("<span class=\"count\">{shown}</span>")));
            prop_assert!(told, "{}: {:?}", &address, line);
        }
    }

    #[test]
    fn a_number_beside_a_link_is_that_of_what_the_link_leads_to(world in world()) {
        let files = with_base(&files(&world, Without::default()), Some("https://desk.example/"));
        let sources = sources_of(&files);
        let mut diagnostics = brief::diagnostics::Diagnostics::new();
        let settings = brief::settings::parse(&sources, &mut diagnostics);
        let edition = public();
        let build = brief::plan(&sources, &settings, &edition, false, &mut diagnostics);
        let site = crate::building::build(&sources, &edition, false).site;
        let page = |path: &str| String::from_utf8(site[path][0].clone()).unwrap();
        let listed = |address: &str| {
            let own = format!("{address}index.html");
            let part = format!("{address}page/");
            let parts = site.keys().filter(move |path| **path == own || path.starts_with(&part));
            parts.map(|path| page(path)).collect::<Vec<_>>()
        };
        for planned in build.pages.iter() {
            let html = || page(planned.path.as_str());
            match &planned.content {
                Content::List(_, part) => prop_assert_eq!(items(&html()), part.items.len(), "{}", planned.path),
                Content::Together(_, With::Actors | With::Places, _, range) => {
                    let html = html();
                    let pairs = counted(&html, "<div class=\"together\">");
                    prop_assert_eq!(pairs.len(), range.len(), "{}", planned.path);
                }
                Content::Entity(..) => {
                    let html = html();
                    for (to, number) in counted(&html, "<section class=\"together\">") {
                        let address = percent_decode(&to[1..]);
                        let found: usize = listed(&address).iter().map(|page| items(page)).sum();
                        prop_assert_eq!(found, number, "{} on {}", to, planned.path);
                    }
                    for (to, number) in counted(&html, "<section class=\"by-month\">") {
                        let (to, anchor) = to.split_once('#').unwrap();
                        let heading = format!("<section class=\"group\" aria-labelledby=\"{anchor}\">");
                        let under = |page: &String| {
                            let group = page.split(&heading).nth(1).unwrap_or_default();
                            items(group.split("</section>").next().unwrap_or_default())
                        };
                        let address = percent_decode(&to[1..]);
                        prop_assert!(page(&format!("{address}index.html")).contains(&heading), "{}", to);
                        let own = address.split("page/").next().unwrap();
                        let found: usize = listed(own).iter().map(under).sum();
                        prop_assert_eq!(found, number, "{}#{} on {}", to, anchor, planned.path);
                    }
                }
                _ => {}
            }
        }
    }
}
