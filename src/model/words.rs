/// A closed list of words that authors may write for a key.
pub trait Word: Copy + Sized + 'static {
    /// Every word, in the order that a message lists them.
    const WORDS: &'static [(&'static str, Self)];

    /// What `written` means, in any case.
    fn parse(written: &str) -> Option<Self> {
        let written = written.trim();
        Self::WORDS.iter().find(|(word, _)| word.eq_ignore_ascii_case(written)).map(|(_, value)| *value)
    }
}

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $variant),+ }

        impl Word for $name {
            const WORDS: &'static [(&'static str, Self)] = &[$(($word, Self::$variant)),+];
        }

        impl $name {
            /// The word as authors write it.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
    };
}

words! {
    /// What sort of statement a claim is. Only facts and forecasts can be true or false.
    ClaimClass {
        /// A statement about what is or was.
        Fact = "fact",
        /// A statement about what will be.
        Forecast = "forecast",
        /// Something proposed to another party.
        Offer = "offer",
        /// Something asked of another party.
        Demand = "demand",
        /// Harm announced under a condition or without one.
        Threat = "threat",
        /// What the speaker's side stands for.
        Position = "position",
        /// What the speaker thinks.
        Opinion = "opinion",
    }
}

impl ClaimClass {
    /// Whether such a claim has a status and may bear a finding.
    pub fn has_truth_value(self) -> bool {
        matches!(self, Self::Fact | Self::Forecast)
    }
}

words! {
    /// How a party answers a claim. The last two are the claimant's own side's.
    Stance {
        /// Says so too.
        Confirms = "confirms",
        /// Says that it is not so.
        Denies = "denies",
        /// Contests a part, the meaning or the framing.
        Disputes = "disputes",
        /// Was asked and would not comment.
        Declines = "declines",
        /// Was asked and did not answer.
        NoReply = "no-reply",
        /// The claimant's side says it again.
        Restates = "restates",
        /// The claimant's side takes it back.
        Withdraws = "withdraws",
    }
}

words! {
    /// The desk's own judgement of a claim.
    FindingStatus {
        /// It is so.
        Established = "established",
        /// It is not so.
        Refuted = "refuted",
        /// A part of it is so.
        Partly = "partly",
        /// The evidence decides neither way.
        Unproven = "unproven",
    }
}

words! {
    /// How sure the desk is of a finding.
    Confidence {
        /// Low.
        Low = "low",
        /// Moderate.
        Moderate = "moderate",
        /// High.
        High = "high",
    }
}

words! {
    /// Whether an event came about.
    EventStatus {
        /// It happened.
        Happened = "happened",
        /// It is announced or expected.
        Planned = "planned",
        /// It was planned and will not be.
        Cancelled = "cancelled",
    }
}

words! {
    /// The part an actor has in an event.
    ActorRole {
        /// Who acts.
        By = "by",
        /// Whom it is done to.
        Target = "target",
        /// Who acts along.
        With = "with",
    }
}

words! {
    /// What sort of thing the desk read.
    SourceKind {
        /// A newspaper, agency or web article.
        Article = "article",
        /// Radio or television.
        Broadcast = "broadcast",
        /// A statement issued by a party.
        Statement = "statement",
        /// A document.
        Document = "document",
        /// A photograph.
        Photo = "photo",
        /// Moving pictures.
        Video = "video",
        /// Satellite imagery.
        Satellite = "satellite",
        /// A post on a social network.
        Post = "post",
        /// A record of a court.
        CourtRecord = "court record",
        /// A dataset.
        Dataset = "dataset",
    }
}

words! {
    /// What sort of change was made after publication.
    CorrectionKind {
        /// Something was wrong.
        Correction = "correction",
        /// Something was unclear.
        Clarification = "clarification",
        /// Something was added; it stands on no corrections list.
        Update = "update",
        /// The thing is taken back.
        Retraction = "retraction",
        /// A name was taken out.
        Redaction = "redaction",
    }
}

words! {
    /// What sort of thing an entity is. The first eight are for actors, the rest for places; `other` is for both.
    EntityType {
        /// A person.
        Person = "person",
        /// An organisation.
        Organisation = "organisation",
        /// A group without the form of an organisation.
        Group = "group",
        /// A state.
        State = "state",
        /// A ministry, army, agency or court.
        GovernmentBody = "government body",
        /// A publisher or broadcaster.
        Media = "media",
        /// A country.
        Country = "country",
        /// A region, province or governorate.
        Region = "region",
        /// A city, town or village.
        City = "city",
        /// A building, camp, base or other spot.
        Site = "site",
        /// Anything else.
        Other = "other",
    }
}
