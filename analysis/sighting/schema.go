package sighting

// The resources of a data package, in the order in which they are written.
const (
	resSources   = "sources"
	resPlaces    = "places"
	resDistances = "distances"
	resLooks     = "looks"
	resSightings = "sightings"
	resClaims    = "claims"
)

func sourceFields() []field[Source] {
	return []field[Source]{
		{name: "source_id", form: formKey, required: true, doc: "key", at: func(r *Source) any { return &r.ID }},
		{name: "publisher", required: true, doc: "who published it, as the research notes name the reporter", at: func(r *Source) any { return &r.Publisher }},
		{name: "url", form: formURL, reason: true, doc: "address", at: func(r *Source) any { return &r.URL }},
		{name: "read_status", reason: true, words: readStates, doc: "how much of it was read", at: func(r *Source) any { return &r.ReadStatus }},
		{name: "language", form: formLanguage, doc: "language of the text that was read, BCP 47", at: func(r *Source) any { return &r.Language }},
		{name: "archived_url", form: formURL, reason: true, doc: "address of an archived copy", at: func(r *Source) any { return &r.ArchivedURL }},
		{name: "sha256", form: formHash, reason: true, doc: "SHA-256 of the copy that was read", at: func(r *Source) any { return &r.SHA256 }},
		{name: "note", doc: "coder's note", at: func(r *Source) any { return &r.Note }},
	}
}

func placeFields() []field[Place] {
	return []field[Place]{
		{name: "place_id", form: formKey, required: true, doc: "key", at: func(r *Place) any { return &r.ID }},
		{name: "name", required: true, doc: "name in English", at: func(r *Place) any { return &r.Name }},
		{name: "kind", required: true, words: placeKinds, doc: "kind of place", at: func(r *Place) any { return &r.Kind }},
		{name: "part_of", form: formKey, ref: resPlaces, doc: "place that this one belongs to", at: func(r *Place) any { return &r.PartOf }},
		{name: "lat", form: formNumber, min: -90, max: 90, unit: "deg", doc: "latitude, WGS 84", at: func(r *Place) any { return &r.Lat }},
		{name: "lon", form: formNumber, min: -180, max: 180, unit: "deg", doc: "longitude, WGS 84", at: func(r *Place) any { return &r.Lon }},
		{name: "radius_m", form: formNumber, above: true, unit: "m", doc: "radius that covers the place", at: func(r *Place) any { return &r.RadiusM }},
		{name: "accuracy_m", form: formNumber, above: true, unit: "m", doc: "how far the point may be off", at: func(r *Place) any { return &r.AccuracyM }},
		{name: "position_basis", reason: true, doc: "where the position is from", at: func(r *Place) any { return &r.PositionBasis }},
		{name: "note", doc: "coder's note", at: func(r *Place) any { return &r.Note }},
	}
}

func distanceFields() []field[Distance] {
	return []field[Distance]{
		{name: "from_id", form: formKey, required: true, ref: resPlaces, doc: "one place", at: func(r *Distance) any { return &r.FromID }},
		{name: "to_id", form: formKey, required: true, ref: resPlaces, doc: "the other place", at: func(r *Distance) any { return &r.ToID }},
		{name: "distance_m", form: formNumber, required: true, above: true, unit: "m", doc: "distance as stated", at: func(r *Distance) any { return &r.Metres }},
		{name: "qualifier", required: true, words: qualifiers, doc: "how the source qualifies it", at: func(r *Distance) any { return &r.Qualifier }},
		{name: "along", required: true, words: alongs, doc: "how it is measured", at: func(r *Distance) any { return &r.Along }},
		{name: "research_id", form: formKey, doc: "row of the research notes", at: func(r *Distance) any { return &r.ResearchID }},
		{name: "note", doc: "coder's note", at: func(r *Distance) any { return &r.Note }},
	}
}

func lookFields() []field[Look] {
	return []field[Look]{
		{name: "look_id", form: formKey, required: true, doc: "key", at: func(r *Look) any { return &r.ID }},
		{name: "place_id", form: formKey, required: true, ref: resPlaces, doc: "place that was examined", at: func(r *Look) any { return &r.PlaceID }},
		{name: "look_kind", required: true, words: lookKinds, doc: "one look or a period", at: func(r *Look) any { return &r.Kind }},
		{name: "look_status", required: true, words: lookStates, doc: "whether the place could be examined", at: func(r *Look) any { return &r.Status }},
		{name: "t_start", form: formTime, doc: "first day, or time with offset", at: func(r *Look) any { return &r.Time.Start }},
		{name: "t_end", form: formTime, doc: "last day, or time with offset", at: func(r *Look) any { return &r.Time.End }},
		{name: "t_precision", required: true, words: precisions, doc: "how the time is known", at: func(r *Look) any { return &r.Time.Precision }},
		{name: "offset_basis", words: offsetBases, doc: "where the offset of a time is from", at: func(r *Look) any { return &r.OffsetBasis }},
		{name: "observer", doc: "who looked", at: func(r *Look) any { return &r.Observer }},
		{name: "provider", doc: "whose imagery", at: func(r *Look) any { return &r.Provider }},
		{name: "stac_id", doc: "STAC item of the image: an id or an address", at: func(r *Look) any { return &r.STACID }},
		{name: "gsd_m", form: formNumber, above: true, unit: "m", doc: "ground sample distance", at: func(r *Look) any { return &r.GSDM }},
		{name: "off_nadir_deg", form: formNumber, min: 0, max: 90, unit: "deg", doc: "off-nadir angle", at: func(r *Look) any { return &r.OffNadirDeg }},
		{name: "cloud_pct", form: formNumber, min: 0, max: 100, unit: "%", doc: "cloud cover of the place", at: func(r *Look) any { return &r.CloudPct }},
		{name: "days", form: formNumber, above: true, unit: "d", doc: "calendar days of a period", at: func(r *Look) any { return &r.Days }},
		{name: "images_low", form: formNumber, max: 1e9, doc: "least number of imaged days", at: func(r *Look) any { return &r.ImagesLow }},
		{name: "images", form: formNumber, max: 1e9, doc: "number of imaged days of a period, as stated", at: func(r *Look) any { return &r.Images }},
		{name: "images_high", form: formNumber, max: 1e9, doc: "greatest number of imaged days", at: func(r *Look) any { return &r.ImagesHigh }},
		{name: "cloud_days", form: formNumber, max: 1e9, unit: "d", doc: "days said to be lost to cloud", at: func(r *Look) any { return &r.CloudDays }},
		{name: "positive_days", form: formNumber, max: 1e9, unit: "d", doc: "imaged days on which something was seen", at: func(r *Look) any { return &r.PositiveDays }},
		{name: "source_id", form: formKey, required: true, ref: resSources, doc: "source", at: func(r *Look) any { return &r.SourceID }},
		{name: "same_as", form: formKeys, ref: resLooks, doc: "looks at the same image", at: func(r *Look) any { return &r.SameAs }},
		{name: "research_id", form: formKeys, doc: "rows of the research notes", at: func(r *Look) any { return &r.ResearchIDs }},
		{name: "note", doc: "coder's note", at: func(r *Look) any { return &r.Note }},
	}
}
