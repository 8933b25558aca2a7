package sighting

import "slices"

// Word is one entry of a controlled vocabulary.
type Word struct{ Value, Label string }

// The controlled vocabularies.
var (
	lookKinds  = []Word{{"image", "one satellite or aerial image"}, {"ground", "seen from the ground"}, {"period", "several looks of which only the effort, or not even that, is known"}}
	lookStates = []Word{{"usable", "the place could be examined"}, {"cloud", "hidden by cloud"}, {"partial", "partly hidden"}, {"night", "too dark"},
		{"not_imaged", "no image was taken"}, {"unknown", "not known"}}
	precisions = []Word{{"minute", "time of day with offset"}, {"day", "calendar date"}, {"range", "between two dates, on each of them or in between as the source says"},
		{"month", "calendar month"}, {"year", "calendar year"}, {"before", "not after the end, start unknown"}, {"after", "from the start on, end unknown"},
		{"fuzzy", "worded loosely; the ends are the coder's reading"}, {"unknown", "no date"}}
	offsetBases = []Word{{"stated", "the source gives the offset"}, {"assumed", "the coder assumed the offset"}}
	rowKinds    = []Word{{"observation", "what one look showed"}, {"aggregate", "a total over a period"}}
	states      = []Word{{"present", "seen"}, {"absent", "searched for and not there: all quantities are 0"}, {"not_countable", "something was seen but not counted"}}
	scopes      = []Word{{"type", "speaks about all objects of this type at the place"}, {"individual", "speaks only about the object described: no zero for the type"}}
	qualifiers  = []Word{{"exact", ""}, {"about", ""}, {"at_least", ""}, {"at_most", ""}, {"more_than", ""}, {"less_than", ""}, {"range", ""},
		{"several", "more than one, not counted"}, {"not_stated", "no number is given"}}
	readStates = []Word{{"read_full", "the page was read"}, {"read_excerpt", "a part of the page was read"}, {"seed", "read in the article the project started from"},
		{"named_only", "named by another source, not read"}}
	reliabilities = []Word{{"A", "completely reliable"}, {"B", "usually reliable"}, {"C", "fairly reliable"}, {"D", "not usually reliable"}, {"E", "unreliable"}, {"F", "cannot be judged"}}
	credibilities = []Word{{"1", "confirmed by other sources"}, {"2", "probably true"}, {"3", "possibly true"}, {"4", "doubtful"}, {"5", "improbable"}, {"6", "cannot be judged"}}
	likelihoods   = []Word{{"almost_no_chance", "1 to 5 %"}, {"very_unlikely", "5 to 20 %"}, {"unlikely", "20 to 45 %"}, {"roughly_even_chance", "45 to 55 %"},
		{"likely", "55 to 80 %"}, {"very_likely", "80 to 95 %"}, {"almost_certain", "95 to 99 %"}}
	confidences = []Word{{"low", ""}, {"moderate", ""}, {"high", ""}}
	claimKinds  = []Word{{"claim", "said, not shown"}, {"context", "background a source gives"}, {"retelling", "another source's wording of a record: see retells"}}
	placeKinds  = []Word{{"area", ""}, {"yard", ""}, {"station", ""}, {"bridge", ""}, {"crossing", ""}, {"port", ""}, {"town", ""}, {"site", ""}}
	alongs      = []Word{{"straight", "in a straight line"}, {"track", "along the track"}, {"not_stated", ""}}
)

// Reason codes stand in cells that are empty for a known reason.
var reasons = []Word{
	{"[not coded]", "neither the research notes nor the coding hold a value"},
	{"[not stated]", "the source does not say"},
	{"[not read]", "the part of the source that may say was not read"},
	{"[not applicable]", "there can be no value"},
	{"[not archived]", "no archived copy was made"},
	{"[not hashed]", "no copy was kept, so there is nothing to hash"},
	{"[withheld]", "removed before sharing"},
}

func isReason(cell string) bool {
	return slices.ContainsFunc(reasons, func(w Word) bool { return w.Value == cell })
}

// objectType says what a type of object can be counted in, and which types it includes: if a yard holds neither trains
// nor cargo (train_or_cargo absent), it holds no trains.
type objectType struct {
	name     string
	units    []string
	includes []string
	label    string
}

var (
	inCars  = []string{"railcar"}
	inGoods = []string{"tonne", "barrel", "million_usd"}
	noUnit  = []string{}
)

var objectTypes = []objectType{
	{"train", []string{"train", "railcar"}, nil, "railcars standing or moving as one; in railcars if the source counts those"},
	{"railcar", inCars, []string{"box_car", "tank_car", "ore_car", "passenger_car", "locomotive", "maintenance_of_way_car"}, "railcar of any kind"},
	{"box_car", inCars, nil, ""}, {"tank_car", inCars, nil, ""}, {"ore_car", inCars, nil, ""}, {"passenger_car", inCars, nil, ""},
	{"locomotive", inCars, nil, ""}, {"maintenance_of_way_car", inCars, nil, ""},
	{"railcar_or_container_on_flatcar", inCars, nil, "the source leaves open which"},
	{"train_or_cargo", []string{"object"}, []string{"train", "railcar", "cargo_pile", "container"}, "the source leaves open which"},
	{"cargo_or_container_line", []string{"line"}, nil, "a line on the tracks that the source does not identify"},
	{"cargo_pile", []string{"percent_of_yard", "occasion", "pile"}, nil, "goods on the ground"},
	{"container", []string{"container"}, nil, ""}, {"container_stack", []string{"stack"}, nil, "containers standing together"},
	{"ship", []string{"ship"}, nil, ""},
	{"visit", []string{"visit"}, nil, "calls of ships at a port"}, {"voyage", []string{"voyage"}, nil, ""},
	{"trip", []string{"trip"}, nil, ""}, {"round_trip", []string{"trip"}, nil, "there and back"},
	{"image_day_with_ship", []string{"day"}, nil, "imaged days on which a ship was there"},
	{"rail_traffic", noUnit, nil, ""}, {"rail_activity", noUnit, nil, ""}, {"coal_activity", noUnit, nil, ""},
	{"passenger_service", noUnit, nil, ""}, {"border_closure", noUnit, nil, ""},
	{"rail_freight", inGoods, nil, ""}, {"trade_volume", inGoods, nil, ""}, {"trade_value", inGoods, nil, ""}, {"refined_petroleum", inGoods, nil, ""},
	{"china_exports_to_dprk", inGoods, nil, "a control series"}, {"explosives", []string{"tonne"}, nil, ""},
	{"artillery_shells", []string{"shell"}, nil, ""}, {"arms", noUnit, nil, ""}, {"horse", []string{"horse"}, nil, ""},
	{"vehicle", []string{"vehicle"}, nil, ""}, {"aircraft", []string{"aircraft"}, nil, ""}, {"building", []string{"building"}, nil, ""},
}

func typeNamed(name string) (objectType, bool) {
	for _, t := range objectTypes {
		if t.name == name {
			return t, true
		}
	}
	return objectType{}, false
}

func typeWords() []Word {
	out := make([]Word, len(objectTypes))
	for i, t := range objectTypes {
		out[i] = Word{t.name, t.label}
	}
	return out
}

func unitWords() []Word {
	var out []Word
	for _, t := range objectTypes {
		for _, u := range t.units {
			if !slices.Contains(out, Word{u, ""}) {
				out = append(out, Word{u, ""})
			}
		}
	}
	return out
}
