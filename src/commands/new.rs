use std::{
    io::{self, Write},
    path::Path,
};

use clap::Args;

use super::{
    Broken, OutputFormat, Shared, edition, fresh,
    inputs::{self, Inputs},
    report::{Report, mistakes, said, say},
};
use crate::{
    archive::{self, Archive, Briefing},
    diagnostics::{self, Diagnostics, did_you_mean, one_of},
    documents::{self, SharedSources},
    model::{Day, EntityType, Instant, SourcePath, Tlp, Word as _, is_language},
    release::{self, Edition},
    settings::{ACTOR, DATE, LOCATION, Settings},
    sources::Sources,
    start::{self, After, Draft, Fresh, Known, NewSource, Sketch},
};

pub(super) const EXAMPLES: &str = "\
Examples:
  brief new 'Talks in Doha go on' --actor Hamas --location Doha
  brief new 'Talks end' --date 2025-05-16 --source https://news.example/talks
  brief new 'Day two' --after last        with the actors and sources of the newest, and the claims open on them
  brief new actor 'Bassem Naim' --type person --parent Hamas
  brief new location Doha --parent Qatar --type city
  brief new topic 'Hostage talks'         any kind that brief.toml declares
  brief new briefing Actor                a briefing whose title is the name of a kind
  $EDITOR \"$(brief new 'Talks go on')\"    the path is all that is written to standard output

Nothing that is there is overwritten.

Exit codes: 0 done, 1 brief.toml has errors, 2 brief could not do it; nothing is written then.";

/// The options of `brief new`.
#[derive(Clone, Debug, Args)]
pub(super) struct Options {
    /// The title of a briefing; or a kind and a name, for a profile: `actor 'Bassem Naim'`
    #[arg(required = true, value_name = "TITLE")]
    words: Vec<String>,
    /// An actor that the briefing is about; may be given several times
    #[arg(long, value_name = "NAME")]
    actor: Vec<String>,
    /// A place that the briefing is about; may be given several times
    #[arg(long, value_name = "NAME")]
    location: Vec<String>,
    /// The day that the briefing covers; today in the desk's zone
    #[arg(long, value_name = "DAY")]
    date: Option<String>,
    /// The briefing's language, if it is not the archive's
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
    /// What the briefing rests on; may be given several times
    #[arg(long, value_name = "URL")]
    source: Vec<String>,
    /// Mark the briefing as a draft
    #[arg(long = "draft")]
    unfinished: bool,
    /// Go on from this briefing (an id, a file, or `last`) on the next day
    #[arg(long, value_name = "BRIEFING")]
    after: Option<String>,
    /// What sort of thing the profile is of: `person`, `city`
    #[arg(long = "type", value_name = "TYPE")]
    entity_type: Option<String>,
    /// What it lies in or belongs to
    #[arg(long, value_name = "NAME")]
    parent: Option<String>,
    /// Another name of it; may be given several times
    #[arg(long, value_name = "NAME")]
    alias: Vec<String>,
}

/// What is asked for.
enum Wanted {
    Briefing(String),
    /// The place of the kind in the settings, and the name.
    Profile(usize, String),
}

/// An archive as an editor knows it, with all that an edition would keep back.
struct Desk {
    archive: Archive,
    shared: SharedSources,
    settings: Settings,
    now: Instant,
}

/// Writes the file of a briefing or a profile. `false` where the settings have errors.
pub(super) fn run(shared: &Shared, options: &Options) -> Result<bool, Broken> {
    let report = Report::new(shared);
    let mut diagnostics = Diagnostics::new();
    let Inputs { sources, settings } = inputs::read(shared, &mut diagnostics)?;
    let Some(settings) = settings else {
        say(&report, &mut diagnostics, &sources, None)?;
        let line = format!("nothing written: {}", diagnostics::summary(&diagnostics).unwrap_or_default());
        said(report.summary(&line, &mistakes(&diagnostics)))?;
        return Ok(false);
    };
    let wanted = wanted(options, &settings)?;
    let desk = desk(&sources, settings)?;
    let file = match &wanted {
        Wanted::Briefing(title) => desk.briefing(shared, options, title, &report)?,
        Wanted::Profile(kind, name) => desk.profile(options, *kind, name, &sources, &report)?,
    };
    let written = fresh::write(&shared.root, std::slice::from_ref(&file))?;
    let path = if shared.root == Path::new(".") {
        Path::new(&file.path).into()
    } else {
        shared.root.join(&file.path)
    };
    if !written.kept.is_empty() {
        let message = format!("`{}` is there already", path.display());
        return Err(Broken::new(message).help("choose another title or `--date`, or open that file"));
    }
    said(match shared.format {
        OutputFormat::Human => writeln!(io::stdout().lock(), "{}", path.display()),
        OutputFormat::Json => {
            writeln!(io::stdout().lock(), "{}", serde_json::json!({"new": {"path": path}}))
        }
    })?;
    Ok(true)
}

fn wanted(options: &Options, settings: &Settings) -> Result<Wanted, Broken> {
    let kinds = || settings.kinds.iter().map(|kind| kind.name.as_str()).filter(|kind| *kind != "date");
    let wanted = match &options.words[..] {
        [one] if settings.kind_of_folder(one).is_some() => {
            let message = format!("`brief new {one}` needs a name");
            let help = format!(
                "write `brief new {one} NAME`; a briefing with this title is `brief new briefing {one}`"
            );
            return Err(Broken::new(message).help(help));
        }
        [title] => Wanted::Briefing(title.clone()),
        [briefing, title] if briefing == "briefing" => Wanted::Briefing(title.clone()),
        [kind, name] if settings.kind_of_folder(kind).is_some() => {
            Wanted::Profile(settings.kind_of_folder(kind).unwrap_or_default(), name.clone())
        }
        words => {
            let message = format!("`{}` is no kind of this archive", words[0]);
            let near = did_you_mean(&words[0], kinds().chain(["briefing"]));
            let help = near.unwrap_or_else(|| {
                format!(
                    "put a title in quotation marks; the kinds are {}",
                    one_of(kinds().chain(["briefing"]))
                )
            });
            return Err(Broken::new(message).help(help));
        }
    };
    let (of_briefings, of_profiles) = (
        [
            ("--actor", !options.actor.is_empty()),
            ("--location", !options.location.is_empty()),
            ("--date", options.date.is_some()),
            ("--lang", options.lang.is_some()),
            ("--source", !options.source.is_empty()),
            ("--draft", options.unfinished),
            ("--after", options.after.is_some()),
        ],
        [
            ("--type", options.entity_type.is_some()),
            ("--parent", options.parent.is_some()),
            ("--alias", !options.alias.is_empty()),
        ],
    );
    let (foreign, what) = match wanted {
        Wanted::Briefing(_) => {
            (of_profiles.iter().find(|(_, given)| *given), "a profile: `brief new KIND NAME`")
        }
        Wanted::Profile(..) => (of_briefings.iter().find(|(_, given)| *given), "a briefing"),
    };
    if let Some((flag, _)) = foreign {
        return Err(Broken::new(format!("`{flag}` belongs to {what}")).help("leave it out"));
    }
    let (Wanted::Briefing(text) | Wanted::Profile(_, text)) = &wanted;
    if text.trim().is_empty() {
        return Err(Broken::new("the title or the name is empty").help("write one"));
    }
    if let Wanted::Profile(DATE, _) = wanted {
        return Err(Broken::new("a day has no profile to begin").help("its page makes itself"));
    }
    Ok(wanted)
}

/// Everything there is, whoever may see it: the editor has it on the disk. What is wrong with it the next build tells.
fn desk(sources: &Sources, settings: Settings) -> Result<Desk, Broken> {
    let now = edition::as_of(None)?;
    let edition =
        Edition { admits: Tlp::ALL.into(), drafts: true, future: true, ..Edition::public(Instant::MAX) };
    let mut unheard = Diagnostics::new();
    let documents = documents::parse(sources, &settings, &mut unheard);
    let shared = documents.sources.clone();
    let (release, _) = release::select(documents, &settings, &edition, &mut unheard);
    let archive = archive::index(release, &settings, now.day_in(settings.timezone), None, None, &mut unheard);
    Ok(Desk { archive, shared, settings, now })
}

impl Desk {
    fn briefing(
        &self,
        shared: &Shared,
        options: &Options,
        title: &str,
        report: &Report<'_>,
    ) -> Result<Fresh, Broken> {
        let after = options.after.as_deref().map(|name| self.found(shared, name)).transpose()?;
        let day = self.day(options.date.as_deref(), after)?;
        let mut draft = match after {
            Some(last) => self.goes_on(last, report)?,
            None => Draft::default(),
        };
        title.trim().clone_into(&mut draft.title);
        draft.unfinished |= options.unfinished;
        if let Some(language) = &options.lang {
            if !is_language(language) {
                let help = "write a BCP 47 tag such as `en`, `ar` or `pt-BR`";
                return Err(Broken::new(format!("`{language}` is no language tag")).help(help));
            }
            draft.language = Some(language.clone());
        }
        for (kind, given) in [(ACTOR, &options.actor), (LOCATION, &options.location)] {
            let key = &self.settings.kinds[kind].key;
            let place = draft.names.iter().position(|(known, _)| known == key).unwrap_or_else(|| {
                draft.names.push((key.clone(), Vec::new()));
                draft.names.len() - 1
            });
            for name in given {
                let name = self.name(kind, name, report)?;
                if !draft.names[place].1.contains(&name) {
                    draft.names[place].1.push(name);
                }
            }
        }
        for url in &options.source {
            self.source(url, &mut draft, report)?;
        }
        let newest = || self.archive.briefings.iter().max_by_key(|briefing| briefing.released.document.date);
        let model = after.or_else(newest).map(|briefing| &*briefing.released.document);
        let stem = start::file_name(&draft.title, day);
        if let Some(other) = self.archive.briefings.iter().find(|briefing| briefing.id().as_str() == stem) {
            let message = format!("the briefing `{stem}` is there already, in `{}`", other.path());
            return Err(Broken::new(message).help("choose another title or `--date`, or open that file"));
        }
        Ok(start::briefing(&draft, day, &start::folder(model, day, after.is_some())))
    }

    fn day(&self, written: Option<&str>, after: Option<&Briefing>) -> Result<Day, Broken> {
        if let Some(written) = written {
            return Day::parse(written).map_err(|error| Broken {
                message: format!("`--date`: {}", error.message),
                help: error.help.or_else(|| Some("write a day: `2025-05-16`".into())),
            });
        }
        let next = after.map(|last| last.released.document.date.day().next());
        next.unwrap_or_else(|| Some(self.now.day_in(self.settings.timezone)))
            .ok_or_else(|| Broken::new("that briefing is of the last day of all").help("give `--date`"))
    }

    /// The briefing that `--after` names.
    fn found(&self, shared: &Shared, name: &str) -> Result<&Briefing, Broken> {
        let briefings = &self.archive.briefings;
        let found = if name == "last" {
            briefings.iter().max_by_key(|briefing| briefing.released.document.date)
        } else {
            let absolute = |path: &Path| path.canonicalize().ok();
            let path = absolute(Path::new(name)).zip(absolute(&shared.root)).and_then(|(file, root)| {
                let below = file.strip_prefix(root).ok()?.to_str()?.replace('\\', "/");
                Some(SourcePath::new(&below))
            });
            let path = path.unwrap_or_else(|| SourcePath::new(name));
            let is_it = |briefing: &&Briefing| briefing.id().as_str() == name || *briefing.path() == path;
            briefings.iter().find(is_it)
        };
        found.ok_or_else(|| {
            let help = did_you_mean(name, briefings.iter().map(|briefing| briefing.id().as_str()));
            let help = help
                .unwrap_or_else(|| "give an id, a file, or `last`; `brief build` tells of mistakes".into());
            Broken::new(format!("there is no briefing `{name}` that can be read")).help(help)
        })
    }

    fn goes_on(&self, last: &Briefing, report: &Report<'_>) -> Result<Draft, Broken> {
        let After { draft, claims, more, without_id, held, is_held } =
            start::after(&self.archive, last, &self.settings);
        let mut notes = vec![format!("after `{}`: {} open", last.path(), claims_stand(claims + more))];
        if is_held {
            notes.push(format!("`{}` is a draft or under embargo, so this is a draft", last.path()));
        }
        notes.extend(
            held.iter().map(|id| format!("the source `{id}` is under embargo or a draft, and left out")),
        );
        notes.extend(
            without_id
                .iter()
                .map(|path| format!("an open claim in `{path}` has no id, so nothing can answer it")),
        );
        for note in notes {
            said(report.note(&note))?;
        }
        Ok(draft)
    }

    /// How to write a name, with what an editor should know of it.
    fn name(&self, kind: usize, name: &str, report: &Report<'_>) -> Result<String, Broken> {
        let name = name.trim();
        let sort = &self.settings.kinds[kind].name;
        if name.is_empty() {
            return Err(Broken::new(format!("`--{sort}` is empty")).help("write a name"));
        }
        Ok(match start::known(&self.archive, kind, name) {
            Known::One { written, .. } => written,
            Known::Several(ids) => {
                let ids = one_of(ids.iter().map(String::as_str));
                said(report.warning(&format!("`{name}` means several: write {ids} in its place")))?;
                name.to_owned()
            }
            Known::None(Some(near)) => {
                said(report.warning(&format!("there is no {sort} `{name}` yet; did you mean `{near}`?")))?;
                name.to_owned()
            }
            Known::None(None) => {
                said(
                    report.note(&format!("`{name}` has no profile yet: `brief new {sort} NAME` begins one")),
                )?;
                name.to_owned()
            }
        })
    }

    fn source(&self, url: &str, draft: &mut Draft, report: &Report<'_>) -> Result<(), Broken> {
        if draft.sources.iter().any(|(_, source)| source.url.as_deref() == Some(url)) {
            return Ok(());
        }
        let taken: Vec<_> = draft.sources.iter().map(|(id, _)| id.clone()).collect();
        match start::source(url, &self.shared, &self.archive, &taken) {
            Some(NewSource::Own(id, source)) => draft.sources.push((id, *source)),
            Some(NewSource::Shared(id)) => {
                said(report.note(&format!("`{url}` is a shared source: cite it as `[@{id}]`")))?;
            }
            None => {
                let message = format!("`{url}` is no address of a source");
                return Err(Broken::new(message).help("write it with `https://` or `http://`"));
            }
        }
        Ok(())
    }

    fn profile(
        &self,
        options: &Options,
        kind: usize,
        name: &str,
        sources: &Sources,
        report: &Report<'_>,
    ) -> Result<Fresh, Broken> {
        let name = name.trim();
        if let Known::One { profile: Some(path), is_strong: true, .. } =
            start::known(&self.archive, kind, name)
        {
            let message = format!("`{path}` bears the name `{name}` already");
            return Err(Broken::new(message).help("write into that file, or choose a fuller name"));
        }
        let sort = options.entity_type.as_deref();
        let entity_type = sort.map(|written| {
            EntityType::parse(written).ok_or_else(|| {
                let words = EntityType::WORDS.iter().map(|(word, _)| *word);
                let help = did_you_mean(written, words.clone());
                Broken::new(format!("`{written}` is no type"))
                    .help(help.unwrap_or_else(|| format!("write {}", one_of(words))))
            })
        });
        let parent = options.parent.as_deref().map(|parent| self.name(kind, parent, report));
        let sketch = Sketch {
            name: name.to_owned(),
            entity_type: entity_type.transpose()?,
            parent: parent.transpose()?,
            aliases: options.alias.clone(),
        };
        let known = &self.settings.kinds[kind];
        // A kind's profiles may lie below its name too.
        let is_used = |folder: &str| sources.texts_below(&format!("content/{folder}")).next().is_some();
        let folder = if !is_used(&known.key) && is_used(&known.name) { &known.name } else { &known.key };
        Ok(start::profile(&sketch, kind, known, folder))
    }
}

fn claims_stand(number: usize) -> String {
    if number == 1 {
        "1 claim of its actors stands".into()
    } else {
        format!("{number} claims of its actors stand")
    }
}
