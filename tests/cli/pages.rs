use super::{Desk, SETTINGS, TALKS};

const ABSOLUTE: (&str, &str) = (
    "brief.toml",
    "title = \"Desk\"\nbase_url = \"https://desk.example/archive/\"\nauthority = \"desk.example,2025\"\n",
);

/// The JSON-LD of a page, read as JSON.
fn json_ld(html: &str) -> serde_json::Value {
    let start = html.split("<script type=\"application/ld+json\">").nth(1).unwrap();
    serde_json::from_str(start.split("</script>").next().unwrap()).unwrap()
}

#[test]
fn a_month_has_a_calendar_of_whole_weeks_and_each_day_leads_to_its_page() {
    let desk = Desk::small();
    desk.build("");
    let html = desk.read("public/dates/2025/05/index.html");
    let calendar = html.split("<table class=\"calendar\">").nth(1).unwrap().split("</table>").next().unwrap();
    let weeks: Vec<&str> = calendar.split("<tr>").skip(2).collect();
    // May 2025 begins on a Thursday and ends on a Saturday.
    assert_eq!(weeks.len(), 5);
    assert!(weeks.iter().all(|week| week.matches("<td>").count() == 7), "{calendar}");
    assert!(weeks[0].replace('\n', "").starts_with("<td></td><td></td><td></td><td>1</td>"), "{}", weeks[0]);
    assert!(calendar.contains("2025/05/15/\"><time datetime=\"2025-05-15\">15</time> <small>1</small></a>"));
    assert_eq!(calendar.matches("<a href").count(), 2, "the month in the caption and one day");
    let year = desk.read("public/dates/2025/index.html");
    let months = year.split("<ol class=\"months\">").nth(1).unwrap().split("</ol>").next().unwrap();
    assert_eq!((months.matches("<li>").count(), months.matches("<a ").count()), (12, 1));
}

#[test]
fn a_day_tells_apart_what_happened_what_was_said_and_the_briefings() {
    let desk = Desk::small();
    desk.build("");
    let html = desk.read("public/dates/2025/05/15/index.html");
    assert!(html.contains("<h1><bdi>15 May 2025</bdi></h1>") && html.contains("Thursday"));
    let headings: Vec<&str> =
        html.split("<h2 id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(headings, ["events", "claims", "briefings"]);
    assert!(html.contains("No event of this day stands in this archive."));
    assert!(html.contains("Nothing that was said on this day stands in this archive."));
    assert!(html.contains("Talks in Doha"));
}

#[test]
fn every_page_has_a_description_of_its_own_a_way_to_it_and_one_heading() {
    let desk = Desk::new([ABSOLUTE, TALKS]);
    desk.write("content/pages/about.md", "---\ntitle: About\n---\n\nThe desk.\n");
    desk.build("");
    let mut seen = std::collections::BTreeMap::new();
    for file in desk.files("public").into_iter().filter(|file| file.ends_with(".html")) {
        let html = desk.read(&format!("public/{file}"));
        let description = html.split("<meta name=\"description\" content=\"").nth(1).unwrap();
        let description = description.split('"').next().unwrap().to_owned();
        assert!(!description.is_empty() && !description.contains('{'), "{file}: {description}");
        if let Some(other) = seen.insert(description.clone(), file.clone()) {
            panic!("{file} and {other}: {description}");
        }
        assert_eq!(html.matches("<h1").count(), 1, "{file}");
        if file == "404.html" {
            continue;
        }
        let machine = json_ld(&html);
        assert_eq!(machine["@context"], "https://schema.org", "{file}");
        assert_eq!(html.contains("class=\"crumbs\""), file != "index.html", "{file}");
        if file != "index.html" {
            let way = &machine["@graph"][1];
            assert_eq!(way["@type"], "BreadcrumbList", "{file}");
            let steps = way["itemListElement"].as_array().unwrap();
            let address = format!("https://desk.example/archive/{}", file.trim_end_matches("index.html"));
            assert_eq!(steps.last().unwrap()["item"], address, "{file}");
            assert_eq!(steps[0]["item"], "https://desk.example/archive/", "{file}");
        }
    }
    assert!(seen.len() > 10);
}

#[test]
fn what_machines_read_of_a_claim_holds_its_denial_and_ends_no_element() {
    let desk = Desk::new([ABSOLUTE]);
    desk.write(
        "content/briefings/2025-05-15-talks.md",
        "---\ntitle: \"Talks </script> & more\"\nactors: [Hamas]\nlocations: [Doha]\nclaims:\n  - id: talks\n    by: Hamas\n    \
         text: Talks <b>go on</b>.\n    responses:\n      - {by: {unnamed: officials}, stance: denies, date: by 2025-05-15, text: No talks go on.}\nsources: {a: {title: A}}\n---\n",
    );
    desk.build("");
    let html = desk.read("public/briefings/2025/05/15/talks/index.html");
    let article = &json_ld(&html)["@graph"][0];
    assert_eq!(article["@type"], "NewsArticle");
    assert_eq!(article["headline"], "Talks </script> & more");
    assert_eq!(article["hasPart"][0]["text"], "Talks <b>go on</b>.");
    assert_eq!(
        article["hasPart"][0]["comment"][0]["text"],
        "Denied by officials (by 15 May 2025): No talks go on."
    );
    assert_eq!(article["contentLocation"][0]["name"], "Doha");
}

#[test]
fn both_languages_of_a_briefing_name_each_other_and_themselves() {
    let desk = Desk::new([ABSOLUTE, TALKS]);
    desk.write("content/briefings/2025-05-15-talks.ar.md", "---\ntitle: محادثات في الدوحة\n---\n\nنص.\n");
    desk.build("");
    let alternates = |file: &str| -> Vec<String> {
        let html = desk.read(file);
        html.lines()
            .filter(|line| line.contains("hreflang") && line.starts_with("<link"))
            .map(str::to_owned)
            .collect()
    };
    let original = alternates("public/briefings/2025/05/15/talks/index.html");
    assert_eq!(original.len(), 2);
    assert_eq!(original, alternates("public/briefings/2025/05/15/talks/ar/index.html"));
    assert!(
        original[0]
            .contains("hreflang=\"ar\" href=\"https://desk.example/archive/briefings/2025/05/15/talks/ar/\"")
    );
    let arabic = desk.read("public/briefings/2025/05/15/talks/ar/index.html");
    assert!(arabic.contains("<html lang=\"ar\" dir=\"rtl\">"));
    assert!(
        arabic.contains("<header class=\"masthead\" lang=\"en\" dir=\"ltr\">"),
        "what is not translated says so"
    );
}

#[test]
fn a_name_in_another_script_says_its_language_where_the_profile_knows_it() {
    let desk = Desk::small();
    desk.write(
        "content/actors/hamas.md",
        "---\nname: Hamas\nnames: {ar: حماس}\naliases: [حركة المقاومة الإسلامية, ХАМАС]\n---\n",
    );
    desk.build("");
    let html = desk.read("public/actors/hamas/index.html");
    assert!(html.contains("<bdi lang=\"ar\" dir=\"rtl\">حركة المقاومة الإسلامية</bdi>"));
    assert!(html.contains("<bdi dir=\"ltr\">ХАМАС</bdi>"));
}

#[test]
fn a_theme_without_a_file_has_that_of_the_built_in_theme() {
    let desk = Desk::new([("brief.toml", "title = \"Desk\"\ntheme = \"plain\"\n"), TALKS]);
    desk.write("themes/plain/theme.toml", "name = \"plain\"\n");
    desk.write("themes/plain/static/style.css", "body { color: black; }\n");
    desk.build("");
    let assets: Vec<String> =
        desk.files("public").into_iter().filter(|file| file.starts_with("assets/")).collect();
    assert_eq!(assets.len(), 4, "{assets:?}");
    let style = assets.iter().find(|file| file.ends_with(".css")).unwrap();
    assert_eq!(desk.read(&format!("public/{style}")), "body { color: black; }\n");
    assert!(
        assets.iter().any(|file| file.ends_with(".js")) && assets.iter().any(|file| file.ends_with(".svg"))
    );
}

#[test]
fn a_page_shows_no_button_that_only_a_script_can_work() {
    let desk = Desk::new([SETTINGS, TALKS]);
    desk.build("");
    for file in desk.files("public").into_iter().filter(|file| file.ends_with(".html")) {
        let html = desk.read(&format!("public/{file}"));
        // What only the script of the search can work is hidden until it runs.
        let html = html.split("<div class=\"finder\" hidden").next().unwrap();
        // A form is sent without a script too.
        let forms = html.split("<form").skip(1).map(|form| form.split("</form>").next().unwrap());
        let sent: usize = forms.map(|form| form.matches("<button").count()).sum();
        assert!(
            html.matches("<button").count() == sent
                && !html.contains(" style=")
                && !html.contains(" onclick="),
            "{file}"
        );
    }
}

#[test]
fn a_mistake_in_a_template_is_shown_where_it_stands_and_once() {
    for (template, place, message, help) in [
        ("{{ briefing.titel }}", "1:13", "field `titel` is not defined", "did you mean `title`?"),
        ("{{ brefing.title }}", "1:4", "variable `brefing` is not defined", "did you mean `briefing`?"),
        ("é {{ t.skip | shout }}", "1:15", "unknown filter `shout`", ""),
        (
            "{% include \"parts/clam.html\" %}",
            "1:12",
            "there is no template `parts/clam.html`",
            "parts/claim.html",
        ),
        (
            "{% extends \"bas.html\" %}",
            "1:12",
            "there is no template `bas.html`",
            "did you mean `base.html`?",
        ),
    ] {
        let desk = Desk::small();
        desk.write("templates/briefing.html", template);
        let run = desk.brief("build").assert().code(1);
        let said = String::from_utf8(run.get_output().stderr.clone()).unwrap();
        assert_eq!(said.matches("error[").count(), 1, "{said}");
        assert!(said.contains(message) && said.contains(help), "{said}");
        assert!(said.contains(&format!("templates/briefing.html:{place}")), "{template}: {said}");
    }
}
