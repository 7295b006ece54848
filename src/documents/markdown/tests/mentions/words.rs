//! Where words begin and end.

use super::found;

#[test]
fn a_name_is_a_word_of_its_own() {
    found(
        &["Hamas"],
        "⟦Hamas⟧, (⟦Hamas⟧) and ⟦Hamas⟧; Hamastan, preHamas, Hamas_x, x_Hamas, Hamas2, 2Hamas.",
    );
    found(&["Hamas"], "Hamas\u{301} ⟦Hamas⟧");
    found(&["US"], "⟦US⟧ and USA, us");
}

#[test]
fn hyphens_slashes_and_dashes_end_a_word() {
    found(
        &["Hamas", "Fatah"],
        "⟦Hamas⟧-run, pro-⟦Hamas⟧, ⟦Hamas⟧/⟦Fatah⟧, ⟦Hamas⟧—⟦Fatah⟧, ⟦Hamas⟧–⟦Fatah⟧ #⟦Hamas⟧",
    );
}

#[test]
fn a_possessive_ends_a_word_and_another_apostrophe_does_not() {
    found(&["Hamas", "Sana"], "⟦Hamas⟧'s, ⟦Hamas⟧’s, ⟦Hamas⟧', Hamas'ın, Hamas'st");
    found(&["Sana"], "Sana'a, Sana’a, ⟦Sana⟧'s, ⟦Sana⟧’ x");
    found(&["Sana", "Sana'a"], "⟦Sana'a⟧'s and ⟦Sanaʿa⟧");
}

#[test]
fn an_apostrophe_before_a_name_ends_an_elision_alone() {
    found(
        &["Hamas", "Iran"],
        "l'⟦Iran⟧, L’⟦Iran⟧, d'⟦Iran⟧, qu'⟦Iran⟧, dell'⟦Iran⟧, jusqu’⟦Iran⟧, o'Iran, al'Iran",
    );
    found(&["Abbas"], "ʿ⟦Abbas⟧ and ʼ⟦Abbas⟧");
}

#[test]
fn domains_addresses_and_handles_hold_no_names() {
    found(
        &["Hamas", "Gaza"],
        "Hamas.com, www.Hamas, @Hamas, x@Hamas.org, Gaza:Hamas, ⟦Hamas⟧. ⟦Gaza⟧: ⟦Hamas⟧.",
    );
    found(&["Hamas", "Gaza"], "https://a.b/Hamas/Gaza-x (www.x.y/Gaza) x://Gaza, ⟦Gaza⟧");
    found(&["Gaza"], "...⟦Gaza⟧... ⟦Gaza⟧?!");
    found(&["加沙"], "见https://a.b/加沙。⟦加沙⟧");
}

#[test]
fn a_shorter_name_is_tried_where_a_longer_one_fails() {
    found(&["Gaza", "Gaza City"], "⟦Gaza City⟧, ⟦Gaza⟧ Cityscape");
    found(&["Khan", "Khan Younis"], "⟦Khan Younis⟧, Khan *Younis*, ⟦Khan⟧ *Younas*");
    found(&["Sky News", "Sky News in Arabic", "Arabic"], "⟦Sky News in Arabic⟧; ⟦Sky News⟧ in English");
}

#[test]
fn names_of_marks_and_digits_need_no_letter_at_their_edge() {
    found(&["U.S.", "7 October"], "the ⟦U.S.⟧ army, the ⟦U.S.⟧-led; ⟦7 October⟧, 17 October");
    found(&["Yahoo!"], "⟦Yahoo!⟧ news");
}

#[test]
fn white_space_of_any_kind_parts_the_words_of_a_name() {
    found(&["Khan Younis"], "⟦Khan\nYounis⟧, ⟦Khan\u{A0}Younis⟧, ⟦Khan  Younis⟧, ⟦Khan\n    Younis⟧");
    found(&["Al-Shifa"], "⟦Al‑Shifa⟧, ⟦Al–Shifa⟧, ⟦Al\u{AD}-Shifa⟧");
}
