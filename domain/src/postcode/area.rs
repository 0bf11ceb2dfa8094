//! Postcode areas, and where those lie that are not of England.
//!
//! An area is taken for wholly outside England where the directory has no English postcode in it. Ten areas cross a border (CA, CH, DG,
//! GL, HR, LD, LL, NP, SY and TD): they have files like the rest, which say of each postcode on which side it lies.

/// Every area with a postcode in England.
pub(super) const ENGLAND: &str = "AL B BA BB BD BH BL BN BR BS CA CB CH CM CO CR CT CV CW DA DE DG DH DL DN DT DY E EC EN EX FY GL GU HA HD HG HP HR HU HX IG IP KT L LA LD LE LL LN LS LU M ME MK N NE NG NN NP NR NW OL OX PE PL PO PR RG RH RM S SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO";

/// The areas of which all of the directory's postcodes lie outside England, and those that stand for no place.
const ELSEWHERE: [(&str, Outside); 9] = [
    ("AB DD EH FK G HS IV KA KW KY ML PA PH ZE", Outside::Scotland),
    ("CF SA", Outside::Wales),
    ("BT", Outside::NorthernIreland),
    ("IM", Outside::IsleOfMan),
    ("GY", Outside::Guernsey),
    ("JE", Outside::Jersey),
    ("GX", Outside::Overseas("Gibraltar")),
    ("BF", Outside::Forces),
    ("BX XX", Outside::Nowhere),
];

/// Postcodes of a form of their own: the letters that they begin with.
const OWN_FORM: [(&str, Outside); 12] = [
    ("BFPO", Outside::Forces),
    // Newport's of old; Girobank's.
    ("NPT", Outside::Wales),
    ("GIR", Outside::Nowhere),
    ("ASCN", Outside::Overseas("Ascension Island")),
    ("BBND", Outside::Overseas("the British Indian Ocean Territory")),
    ("BIQQ", Outside::Overseas("the British Antarctic Territory")),
    ("FIQQ", Outside::Overseas("the Falkland Islands")),
    ("PCRN", Outside::Overseas("the Pitcairn Islands")),
    ("SIQQ", Outside::Overseas("South Georgia and the South Sandwich Islands")),
    ("STHL", Outside::Overseas("Saint Helena")),
    ("TDCU", Outside::Overseas("Tristan da Cunha")),
    ("TKCA", Outside::Overseas("the Turks and Caicos Islands")),
];

/// Where a postcode is that is not in England.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outside {
    /// Scotland.
    Scotland,
    /// Wales.
    Wales,
    /// Northern Ireland.
    NorthernIreland,
    /// The Isle of Man.
    IsleOfMan,
    /// Guernsey, Alderney and Sark.
    Guernsey,
    /// Jersey.
    Jersey,
    /// A British territory overseas, by its name.
    Overseas(&'static str),
    /// A British Forces Post Office.
    Forces,
    /// In no place: it is for post alone, as of a bank or of returned parcels.
    Nowhere,
}

impl Outside {
    /// The place as it stands in a sentence: "the Isle of Man"; none for postcodes of no place.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::Scotland => "Scotland",
            Self::Wales => "Wales",
            Self::NorthernIreland => "Northern Ireland",
            Self::IsleOfMan => "the Isle of Man",
            Self::Guernsey => "the Bailiwick of Guernsey",
            Self::Jersey => "Jersey",
            Self::Overseas(name) => name,
            Self::Forces | Self::Nowhere => return None,
        })
    }

    /// A sentence about a postcode of it: "This postcode is in Scotland, not in England."
    #[must_use]
    pub fn sentence(self) -> String {
        match (self, self.name()) {
            (_, Some(name)) => ["This postcode is in ", name, ", not in England."].concat(),
            (Self::Forces, None) => {
                "This postcode is a British Forces Post Office’s, not a place’s in England.".to_owned()
            }
            (_, None) => "This postcode is for post alone: it belongs to no place.".to_owned(),
        }
    }

    /// Who looks into complaints about councils there, where Upheld knows it.
    #[must_use]
    pub const fn ombudsman(self) -> Option<&'static str> {
        match self {
            Self::Scotland => Some("Scottish Public Services Ombudsman"),
            Self::Wales => Some("Public Services Ombudsman for Wales"),
            Self::NorthernIreland => Some("Northern Ireland Public Services Ombudsman"),
            _ => None,
        }
    }
}

/// Where an area lies.
#[derive(Clone, Copy)]
pub(super) enum Land {
    /// In England, or partly so: the area, as it is written.
    England(&'static str),
    /// Elsewhere.
    Outside(Outside),
}

/// Where the area with these capitals lies; none if there is no such area.
pub(super) fn land_of(letters: &str) -> Option<Land> {
    let among = |areas: &'static str| areas.split(' ').find(|area| *area == letters);
    let outside =
        || ELSEWHERE.into_iter().find(|(areas, _)| among(areas).is_some()).map(|(_, outside)| Land::Outside(outside));
    among(ENGLAND).map(Land::England).or_else(outside)
}

/// Where a postcode is that has a form of its own: "GIR 0AA", "BFPO 57", "FIQQ 1ZZ".
pub(super) fn by_form(letters: &[u8]) -> Option<Outside> {
    let own = |(begin, _): &(&str, Outside)| {
        let rest = letters.strip_prefix(begin.as_bytes());
        rest.is_some_and(|rest| rest.first().is_none_or(u8::is_ascii_digit))
    };
    OWN_FORM.into_iter().find(own).map(|(_, outside)| outside)
}

/// Whether `text` is a postcode area by itself, in any case and spacing: "LU", "e". As names begin so too, it is for the reader to say which is meant.
///
/// ```
/// use upheld_domain::postcode::is_area;
/// assert!(is_area("LU") && is_area(" sw ") && !is_area("Hull") && !is_area("LU1"));
/// ```
#[must_use]
pub fn is_area(text: &str) -> bool {
    land_of(&text.trim().to_ascii_uppercase()).is_some()
}
