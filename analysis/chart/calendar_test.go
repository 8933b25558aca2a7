package chart

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestTicksStandOnTheCalendar(t *testing.T) {
	for _, c := range []struct {
		from, to string
		width    float64
		want     string
	}{
		{"2023-08-20", "2023-10-24", 430, "21 Aug/2023 28 Aug 4 Sep 11 Sep 18 Sep 25 Sep 2 Oct 9 Oct 16 Oct 23 Oct"},
		{"2023-09-01", "2023-09-11", 430, "1 Sep/2023 2 Sep 3 Sep 4 Sep 5 Sep 6 Sep 7 Sep 8 Sep 9 Sep 10 Sep 11 Sep"},
		{"2023-12-25", "2024-01-20", 480, "25 Dec/2023 27 Dec 29 Dec 1 Jan/2024 3 Jan 5 Jan 7 Jan 9 Jan 11 Jan 13 Jan 15 Jan 17 Jan 19 Jan"},
		{"2022-10-10", "2024-06-01", 430, "Nov/2022 Jan/2023 Mar May Jul Sep Nov Jan/2024 Mar May"},
		{"2022-10-10", "2024-02-01", 600, "Nov/2022 Dec Jan/2023 Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec Jan/2024 Feb"},
		{"1850-01-01", "1963-01-01", 430, "1850 1860 1870 1880 1890 1900 1910 1920 1930 1940 1950 1960"},
	} {
		from, to := parse(t, c.from), parse(t, c.to)
		var labels []string
		for _, tick := range (calendarTicks{zone: utc9, width: c.width}).Ticks(seconds(from), seconds(to)) {
			labels = append(labels, strings.ReplaceAll(tick.Label, "\n", "/"))
			if at := instant(tick.Value, utc9); at.Hour() != 0 || at.Minute() != 0 {
				t.Errorf("tick %q at %s is not at midnight in the zone", tick.Label, at)
			}
		}
		if got := strings.Join(labels, " "); got != c.want {
			t.Errorf("%s to %s:\n got %s\nwant %s", c.from, c.to, got, c.want)
		}
	}
}

func parse(t *testing.T, day string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation(time.DateOnly, day, utc9)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestEverySpanGetsAFewTicksInOrder(t *testing.T) {
	start := time.Date(2023, 3, 17, 13, 7, 0, 0, utc9)
	for span := 20 * time.Minute; span < 200*365*day; span += span / 4 {
		ticks := calendarTicks{zone: utc9, width: 430}.Ticks(seconds(start), seconds(start.Add(span)))
		if len(ticks) < 2 || len(ticks) > 16 {
			t.Errorf("%s: %d ticks", span, len(ticks))
		}
		for i := 1; i < len(ticks); i++ {
			if ticks[i].Value <= ticks[i-1].Value {
				t.Fatalf("%s: ticks out of order: %v", span, ticks)
			}
		}
	}
}

func TestHoursStayRoundWhenTheClockChanges(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip(err)
	}
	for _, from := range []time.Time{time.Date(2023, 3, 25, 20, 0, 0, 0, berlin), time.Date(2023, 10, 28, 20, 0, 0, 0, berlin)} {
		for _, tick := range (calendarTicks{zone: berlin, width: 430}).Ticks(seconds(from), seconds(from.Add(14*time.Hour))) {
			if at := instant(tick.Value, berlin); at.Minute() != 0 || at.Hour()%2 != 0 && at.Hour() != 3 {
				t.Errorf("tick at %s", at)
			}
		}
	}
}

func TestNumbersAreReadable(t *testing.T) {
	for _, c := range []struct {
		value, step float64
		want        string
	}{
		{0, 1, "0"}, {-2, 1, "−2"}, {12345, 1, "12 345"}, {1234, 1, "1234"}, {0.25, 0.25, "0.25"}, {1.5, 0.5, "1.5"}, {-1e-17, 0.1, "0.0"},
	} {
		if got := number(c.value, c.step); got != strings.ReplaceAll(c.want, " ", "\u2009") {
			t.Errorf("number(%g, %g) = %q, want %q", c.value, c.step, got, c.want)
		}
	}
	for value, want := range map[float64]string{5: "5", 5.142857: "5.14", 0.4495: "0.45", 150.63: "150.6", 4.7: "4.7", 0.0123: "0.0123", 1e-300: "1e−300"} {
		if got := short(value); got != want {
			t.Errorf("short(%g) = %q, want %q", value, got, want)
		}
	}
	var labels []string
	for _, tick := range (numberTicks{most: 6, whole: true}).Ticks(0, 12.4) {
		labels = append(labels, tick.Label)
	}
	if got := fmt.Sprint(labels); got != "[0 2 4 6 8 10 12]" {
		t.Errorf("ticks to 12.4: %s", got)
	}
}
