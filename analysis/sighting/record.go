package sighting

// Origin is where a record was read: file, line and the cells as they stand there.
type Origin struct {
	File string
	Line int // 1-based; 0 for a record that was made in code

	sheet *sheet
	cells []string
}

// Why is the reason code that stands in an empty column, such as "[not archived]"; empty if there is none.
func (o *Origin) Why(column string) string {
	if o.sheet == nil {
		return ""
	}
	for i, h := range o.sheet.header {
		if h == column && i < len(o.cells) && isReason(o.cells[i]) {
			return o.cells[i]
		}
	}
	return ""
}

func (o *Origin) origin() *Origin { return o }

// Source is a page or document that was read.
type Source struct {
	Origin
	ID, Publisher, URL, ReadStatus string
	Language, ArchivedURL, SHA256  string
	Note                           string
}

// Place is an entry of the gazetteer. Position and accuracy are unknown where nobody has checked them.
type Place struct {
	Origin
	ID, Name, Kind, PartOf string
	Lat, Lon               Num // degrees, WGS 84
	RadiusM, AccuracyM     Num
	PositionBasis, Note    string
}

// Distance is a distance between two places as a source states it.
type Distance struct {
	Origin
	FromID, ToID     string
	Metres           Num
	Qualifier, Along string // along: straight, track, not_stated
	ResearchID, Note string
}

// Look is one occasion on which a place was examined, or a period of which the effort is stated.
type Look struct {
	Origin
	ID, PlaceID, Kind, Status     string // kind: image, ground, period; status: usable, cloud, …
	Time                          Span
	OffsetBasis                   string // stated, assumed
	Observer, Provider, STACID    string
	GSDM, OffNadirDeg, CloudPct   Num
	Days                          Num // calendar days of a period
	ImagesLow, Images, ImagesHigh Num // imaged days of a period, as far as stated
	CloudDays, PositiveDays       Num
	SourceID                      string
	SameAs                        []string
	ResearchIDs                   []string
	Note                          string
}

// Sighting is what was seen in a look: something, or, with status absent, nothing of its type.
type Sighting struct {
	Origin
	ID, LookID, Kind, Status, Scope    string
	ObjectType                         string
	Qty                                Quantity
	Len                                Length
	Attributes                         []string
	Time                               Span
	OffsetBasis, PlaceAsStated         string
	Observer, AnalystOrg, Reporter     string
	ReportDate, Language               string
	SourceID, QuoteLocator, ReadStatus string
	Reliability, Credibility           string
	NotKnown, ConflictGroup            string
	SameAs, Supersedes                 []string
	ResearchIDs                        []string
	Note                               string
}

// Claim is what somebody said: a claim, the background that a source gives, or the retelling of another record.
type Claim struct {
	Origin
	ID, Kind, PlaceID, Claimant        string
	ObjectType                         string
	Qty                                Quantity
	Len                                Length
	Attributes                         []string
	Time                               Span
	OffsetBasis, PlaceAsStated         string
	Provider, Reporter                 string
	ReportDate, Language               string
	SourceID, QuoteLocator, ReadStatus string
	Reliability, Credibility           string
	Likelihood, Confidence             string
	NotKnown, ConflictGroup            string
	Retells                            string
	SameAs, Supersedes                 []string
	ResearchIDs                        []string
	Note                               string
}
