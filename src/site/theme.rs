use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    hash::{Hash, Hasher},
    sync::Arc,
};

use rust_embed::RustEmbed;
use tera::{Tera, Value};

use super::mistakes;
use crate::{
    diagnostics::{Diagnostic, Diagnostics, Span, Texts, did_you_mean},
    memo::{Key, Scribe},
    model::SourcePath,
    pages::ThemeFile,
    settings::Settings,
    sources::Sources,
};

/// The theme that is used where the settings name none; it is built in.
const DEFAULT: &str = "dispatch";

#[derive(RustEmbed)]
#[folder = "templates/"]
struct Templates;

#[derive(RustEmbed)]
#[folder = "themes/dispatch/"]
struct Dispatch;

/// Templates in three layers, site over theme over built-in, and the theme's files and words.
pub struct Theme {
    pub(super) tera: Tera,
    /// The theme's files, by their paths below the root of the site.
    pub assets: Vec<(String, ThemeFile)>,
    /// The words that templates add, by their keys.
    pub(super) words: BTreeMap<String, String>,
    /// Every template by its name.
    files: Layer,
    whole: bool,
    /// Of all templates by their names, and of what the theme's files are called: what a page depends on besides the
    /// values that it is given.
    pub(super) key: Key,
    /// The texts of built-in templates, by the paths that messages show.
    built_in: BTreeMap<String, Arc<str>>,
}

/// By all that pages can be made of; the engine is made of texts of which the key is.
impl Hash for Theme {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { tera: _, assets, words, files: _, whole, key, built_in: _ } = self;
        (assets, words, whole, key).hash(state);
    }
}

impl Texts for Theme {
    fn text(&self, path: &str) -> Option<&str> {
        self.built_in.get(path).map(|text| &**text)
    }
}

/// One template and where it is written.
#[derive(Clone)]
pub(super) struct Written {
    pub(super) path: SourcePath,
    pub(super) text: Arc<str>,
}

pub(super) type Layer = BTreeMap<String, Written>;

/// Loads the theme that the settings name. What is wrong with a template is reported with its place.
pub fn load(sources: &Sources, settings: &Settings, diagnostics: &mut Diagnostics) -> Theme {
    let name = settings.theme.as_ref().map_or(DEFAULT, |theme| &theme.value);
    let folder = format!("themes/{name}");
    let on_disk =
        sources.texts_below(&folder).next().is_some() || sources.assets_below(&folder).next().is_some();
    if !on_disk && name != DEFAULT {
        unknown_theme(name, settings, sources, diagnostics);
    }
    let built_in = built_in_layer();
    let theme =
        if on_disk { disk_layer(sources, &format!("{folder}/templates")) } else { embedded_theme_layer() };
    let mut site = disk_layer(sources, "templates");
    // A site file that says what the built-in one says is no override: this repository's own templates are those.
    site.retain(|name, written| built_in.get(name).is_none_or(|original| original.text != written.text));

    let mut assets: BTreeMap<String, (String, ThemeFile)> = embedded_assets();
    if on_disk {
        assets.extend(disk_assets(sources, &folder));
    }
    let names: BTreeMap<String, String> =
        assets.iter().map(|(name, (path, _))| (name.clone(), path.clone())).collect();
    let assets: Vec<(String, ThemeFile)> = assets.into_values().collect();
    let words = words(sources, on_disk.then_some(folder.as_str()), &settings.language, diagnostics);
    let mut loaded = Theme {
        tera: Tera::new(),
        assets,
        words,
        files: Layer::new(),
        whole: true,
        key: Scribe::of("no templates").done(),
        built_in: BTreeMap::new(),
    };
    for written in built_in.values().chain(theme.values()) {
        loaded.built_in.insert(written.path.as_str().to_owned(), written.text.clone());
    }
    let mut scribe = Scribe::of("theme");
    names.hash(&mut scribe);
    loaded.add_functions(names);
    let mut names: BTreeSet<&String> = built_in.keys().collect();
    names.extend(theme.keys());
    names.extend(site.keys());
    let mut templates: Vec<(String, Written)> = Vec::new();
    for name in names {
        let below = built_in.get(name);
        let middle = theme.get(name).or(below);
        let top = site.get(name).or(middle);
        for (prefix, written) in [("builtin/", below), ("theme/", middle), ("", top)] {
            if let Some(written) = written {
                templates.push((format!("{prefix}{name}"), written.clone()));
            }
        }
    }
    for (name, written) in &templates {
        (name, &written.text).hash(&mut scribe);
        loaded.files.insert(name.clone(), written.clone());
    }
    loaded.key = scribe.done();
    let texts = templates.iter().map(|(name, written)| (name, &*written.text));
    if let Err(error) = loaded.tera.add_raw_templates(texts) {
        loaded.whole = false;
        for mistake in mistakes::of_loading(&error, &loaded.files) {
            diagnostics.push(mistake);
        }
    }
    loaded
}

impl Theme {
    /// Every text that pages are made with: templates, and words.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.files.values().map(|written| &*written.text).chain(self.words.values().map(String::as_str))
    }

    /// The words that templates add.
    pub fn wording(&self) -> impl Iterator<Item = &str> {
        self.words.values().map(String::as_str)
    }

    /// Whether there is a template called `name`.
    pub(super) fn has(&self, name: &str) -> bool {
        self.tera.contains_template(name)
    }

    /// `asset(name="style.css")`: the path of a file of the theme, by the name that its author gave it.
    fn add_functions(&mut self, paths: BTreeMap<String, String>) {
        let asset = move |kwargs: tera::Kwargs, _: &tera::State<'_>| -> tera::TeraResult<Value> {
            let name: String = kwargs.must_get("name")?;
            match paths.get(&name) {
                Some(path) => Ok(Value::from(path.as_str())),
                None => {
                    Err(tera::Error::message(mistakes::no_asset(&name, paths.keys().map(String::as_str))))
                }
            }
        };
        self.tera.register_function("asset", asset);
    }

    /// What a template engine's error says, at the place in the file that the template is written in.
    pub(super) fn diagnostic(&self, error: &tera::Error) -> Diagnostic {
        mistakes::of_drawing(error, &self.files)
    }

    /// Says that there is no template called `name`, which is written at `at`.
    pub(super) fn missing(&self, name: &str, at: Span) -> Diagnostic {
        mistakes::missing(name, &self.files).at(at)
    }

    /// Whether every template could be read; where one could not, no page can be drawn.
    pub(super) fn is_whole(&self) -> bool {
        self.whole
    }
}

fn built_in_layer() -> Layer {
    embedded::<Templates>("", "templates/")
}

fn embedded_theme_layer() -> Layer {
    embedded::<Dispatch>("templates/", "themes/dispatch/templates/")
}

/// The embedded texts below `prefix`, by their names below it; messages show them below `shown`.
fn embedded<E: RustEmbed>(prefix: &str, shown: &str) -> Layer {
    let mut layer = Layer::new();
    for path in E::iter() {
        let Some(name) = path.strip_prefix(prefix) else { continue };
        if let Some(file) = E::get(&path)
            && let Ok(text) = std::str::from_utf8(&file.data)
        {
            let path = SourcePath::new(&format!("<built-in>/{shown}{name}"));
            layer.insert(name.to_owned(), Written { path, text: text.into() });
        }
    }
    layer
}

fn disk_layer(sources: &Sources, folder: &str) -> Layer {
    let named = |path: &SourcePath| path.below(folder).map(str::to_owned);
    sources
        .texts_below(folder)
        .filter_map(|(path, text)| Some((named(path)?, Written { path: path.clone(), text: text.clone() })))
        .collect()
}

/// The files of the built-in theme, by their names; a theme on disk has them too unless it has its own.
fn embedded_assets() -> BTreeMap<String, (String, ThemeFile)> {
    let file = |path: Cow<'static, str>| {
        let name = path.strip_prefix("static/")?.to_owned();
        let bytes: Cow<'static, [u8]> = Dispatch::get(&path)?.data;
        let file = ThemeFile::Bytes(Arc::from(&*bytes));
        Some((name.clone(), (hashed(&name, &blake3::hash(&bytes)), file)))
    };
    Dispatch::iter().filter_map(file).collect()
}

fn disk_assets(sources: &Sources, folder: &str) -> BTreeMap<String, (String, ThemeFile)> {
    let folder = format!("{folder}/static");
    let asset = |asset: &crate::sources::Asset| {
        let name = asset.path.below(&folder)?;
        Some((name.to_owned(), (hashed(name, &asset.hash), ThemeFile::Asset(asset.clone()))))
    };
    sources.assets_below(&folder).filter_map(asset).collect()
}

/// The path of a theme's file, which changes with its bytes so that browsers may keep it for ever.
fn hashed(name: &str, hash: &blake3::Hash) -> String {
    let hash = &hash.to_hex()[..10];
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("assets/{stem}.{hash}.{extension}"),
        None => format!("assets/{name}.{hash}"),
    }
}

/// The theme's words in `language`, those of English where it has none.
fn words(
    sources: &Sources,
    folder: Option<&str>,
    language: &str,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, String> {
    let primary = language.split('-').next().unwrap_or(language);
    let mut words = BTreeMap::new();
    for tag in ["en", primary, language] {
        if let Some(file) = Dispatch::get(&format!("i18n/{tag}.toml")) {
            let text = String::from_utf8_lossy(&file.data).into_owned();
            words.extend(toml::from_str::<BTreeMap<String, String>>(&text).unwrap_or_default());
        }
        let Some(folder) = folder else { continue };
        let path = SourcePath::new(&format!("{folder}/i18n/{tag}.toml"));
        let Some(text) = sources.text_at(&path) else { continue };
        match toml::from_str::<BTreeMap<String, String>>(text) {
            Ok(read) => words.extend(read),
            Err(error) => diagnostics.push(
                Diagnostic::error("theme-words", format!("the words cannot be read: {}", error.message()))
                    .at(Span::new(&path, error.span().unwrap_or_default()))
                    .help("write one `key = \"words\"` a line"),
            ),
        }
    }
    words
}

fn unknown_theme(name: &str, settings: &Settings, sources: &Sources, diagnostics: &mut Diagnostics) {
    let themes: BTreeSet<&str> = sources
        .texts_below("themes")
        .filter_map(|(path, _)| {
            path.below("themes").and_then(|below| below.split_once('/')).map(|(theme, _)| theme)
        })
        .chain([DEFAULT])
        .collect();
    let help = did_you_mean(name, themes)
        .unwrap_or_else(|| format!("put it below `themes/{name}/`, or take `theme` out"));
    let mut diagnostic = Diagnostic::error("unknown-theme", format!("there is no theme `{name}`")).help(help);
    if let Some(theme) = &settings.theme {
        diagnostic = diagnostic.at(Span::new(sources.settings(), theme.span.clone()));
    }
    diagnostics.push(diagnostic);
}
