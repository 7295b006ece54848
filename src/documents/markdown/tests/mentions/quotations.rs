//! What is quoted is left alone.

use super::found;

fn hamas(marked: &str) {
    found(&["Hamas", "Gaza"], marked);
}

#[test]
fn marks_of_every_script_quote() {
    for (open, close) in [
        ("“", "”"),
        ("‘", "’"),
        ("„", "“"),
        ("„", "”"),
        ("‚", "‘"),
        ("«", "»"),
        ("«\u{A0}", "\u{A0}»"),
        ("»", "«"),
        ("»", "»"),
        ("‹", "›"),
        ("›", "‹"),
        ("”", "”"),
        ("’", "’"),
        ("「", "」"),
        ("『", "』"),
        ("《", "》"),
        ("〈", "〉"),
        ("〝", "〟"),
        ("\"", "\""),
        ("'", "'"),
        ("״", "״"),
        ("＂", "＂"),
        ("''", "''"),
        ("„", "\""),
        ("“", "\""),
        ("\"", "”"),
    ] {
        hamas(&format!("⟦Gaza⟧, {open}to ⟪Gaza⟫ by ⟪Hamas⟫{close} ⟦Gaza⟧"));
        hamas(&format!("{open}⟪Gaza⟫{close}, ({open}⟪Hamas⟫{close}): ⟦Gaza⟧ {open}⟪Gaza⟫.{close}"));
    }
}

#[test]
fn a_quotation_goes_on_across_emphasis_links_and_code() {
    hamas("“*⟪Hamas⟫* [⟪Gaza⟫](https://a.example) `”` ⟪Hamas⟫” ⟦Hamas⟧");
    hamas("*“⟪Hamas⟫* ⟪Gaza⟫” ⟦Gaza⟧");
    hamas("**\"⟪Hamas⟫\"** ⟦Gaza⟧ \"`x` ⟪Gaza⟫ `x`\" ⟦Gaza⟧");
    hamas("[[x|\"y]] ⟪Hamas⟫\" ⟦Hamas⟧");
    hamas("&quot;⟪Hamas⟫&quot; \\\"⟪Hamas⟫\\\" ⟦Hamas⟧");
}

#[test]
fn quotations_within_quotations_close_one_by_one() {
    hamas("“‘⟪Hamas⟫’ ⟪Gaza⟫” ⟦Hamas⟧ «„⟪Hamas⟫“ ⟪Gaza⟫» ⟦Hamas⟧ 「『⟪Hamas⟫』⟪Gaza⟫」⟦Hamas⟧");
    hamas("'He said \"⟪Hamas⟫\" ⟪Gaza⟫' ⟦Hamas⟧");
    hamas("\"He said 'no ⟪Hamas⟫\" ⟦Hamas⟧");
}

#[test]
fn a_quotation_that_is_not_closed_goes_to_the_end_of_its_block() {
    hamas("⟦Hamas⟧ “⟪Hamas⟫ ⟪Gaza⟫\n\n⟦Hamas⟧");
    hamas("- ⟦Hamas⟧ \"⟪Hamas⟫\n- ⟦Gaza⟧");
    hamas("| a | b |\n|---|---|\n| „⟪Hamas⟫ | ⟦Gaza⟧ |");
}

#[test]
fn a_quotation_of_several_paragraphs_ends_in_the_last() {
    hamas("“⟪Hamas⟫\n\n“⟪Gaza⟫\n\n“⟪Gaza⟫” ⟦Hamas⟧\n\n⟦Gaza⟧");
    hamas("“⟪Hamas⟫\n\n⟪Gaza⟫” ⟦Hamas⟧\n\n⟦Gaza⟧");
    hamas("\"⟪Hamas⟫\n\n⟪Gaza⟫\n\n⟪Gaza⟫.\" ⟦Hamas⟧");
    hamas("«⟪Hamas⟫\n\n⟪Gaza⟫», ⟦Hamas⟧ „⟪Hamas⟫\n\n⟪Gaza⟫“ ⟦Hamas⟧");
    hamas("\"⟪Hamas⟫\n\n⟦Gaza⟧ \"⟪Gaza⟫\" ⟦Hamas⟧");
}

#[test]
fn apostrophes_and_inches_quote_nothing() {
    hamas("the Houthis' men, ⟦Hamas⟧' men, don't, ⟦Hamas⟧ won’t, rock 'n ⟦Gaza⟧");
    hamas("the '90s ⟦Hamas⟧ didn't");
    hamas("a 5\" gun of ⟦Hamas⟧ and a 6' wall of ⟦Gaza⟧");
    hamas("l'⟦Hamas⟧ d’⟦Hamas⟧ ⟦Gaza⟧'s");
    hamas("‘Abd al-Malik of ⟦Hamas⟧");
}

#[test]
fn a_quotation_without_a_space_beside_it_is_one() {
    hamas("the\"⟪Hamas⟫\" ⟦Gaza⟧");
    hamas("\"⟪Hamas⟫\"and ⟪Gaza⟫");
    hamas("an x\"y ⟦Hamas⟧");
}

#[test]
fn a_plural_possessive_in_a_quotation_does_not_end_it() {
    hamas("'the Houthis' war on ⟪Hamas⟫' ⟦Gaza⟧");
    hamas("‘the Houthis’ war on ⟪Hamas⟫’ ⟦Gaza⟧");
}

#[test]
fn a_mark_that_ends_nothing_changes_nothing() {
    hamas("⟦Hamas⟧” ⟦Gaza⟧» ⟦Gaza⟧\" ⟦Hamas⟧」 ⟦Gaza⟧");
    hamas("| \" | ⟦Hamas⟧ |\n|---|---|\n| \" | ⟦Gaza⟧ |");
}

#[test]
fn marks_of_direction_hide_no_quotation() {
    found(&["حماس"], "قال \u{200F}\"\u{200F}⟪حماس⟫\u{200F}\"\u{200F} ⟦وحماس⟧");
}
