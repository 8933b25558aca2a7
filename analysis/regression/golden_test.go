package regression_test

import (
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/analysis/internal/reference"
	"github.com/sightline-osint/sightline/analysis/regression"
)

func warpbreaks(t *testing.T) regression.Columns {
	return regression.Columns{
		"breaks":  reference.Column(t, "in_warpbreaks.csv", 0),
		"wool":    reference.Text(t, "in_warpbreaks.csv", 1),
		"tension": regression.Factor(reference.Text(t, "in_warpbreaks.csv", 2), "L", "M", "H"),
	}
}

func ships(t *testing.T) regression.Columns {
	data := regression.Columns{}
	var kind, year, period []string
	var service, incidents []float64
	for _, row := range reference.Rows(t, "in_ships.csv") {
		if row[3] == "0" {
			continue
		}
		kind, year, period = append(kind, row[0]), append(year, row[1]), append(period, row[2])
		var v [2]float64
		for i := range v {
			for _, r := range row[3+i] {
				v[i] = v[i]*10 + float64(r-'0')
			}
		}
		service, incidents = append(service, v[0]), append(incidents, v[1])
	}
	data["type"], data["year"], data["period"], data["service"], data["incidents"] = kind, year, period, service, incidents
	return data
}

func coal(t *testing.T) regression.Columns {
	years := reference.Column(t, "in_coal_yearly.csv", 0)
	var step, t0, since []float64
	for _, y := range years {
		d := 0.0
		if y >= 1892 {
			d = 1
		}
		step, t0, since = append(step, d), append(t0, y-1851), append(since, d*(y-1892))
	}
	return regression.Columns{"count": reference.Column(t, "in_coal_yearly.csv", 1), "I(yr >= 1892)TRUE": step, "step": step, "t0": t0, "D": step, "since": since}
}

func mustFit(t *testing.T, fit *regression.Fit, err error) *regression.Fit {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return fit
}

// Every glm row of reference_R.csv: coefficients, model and sandwich errors, deviance, likelihood.
func TestGeneralisedLinearModelsAgreeWithR(t *testing.T) {
	rename := map[string]string{"I(yr >= 1892)TRUE": "step", "I(D * (yr - 1892))": "since"}
	fits := map[string]*regression.Fit{}
	add := func(name, formula string, data regression.Columns) {
		fit, err := regression.Poisson(formula, data)
		fits[name] = mustFit(t, fit, err)
	}
	add("warpbreaks breaks~wool*tension", "breaks ~ wool*tension", warpbreaks(t))
	add("ships service>0 incidents~type+year+period+offset(log service)", "incidents ~ type + year + period + offset(log(service))", ships(t))
	// The ships rows were made with a tighter epsilon than R's default, the quasi-Poisson ships rows with the default.
	fits["ships service>0 incidents~type+year+period+offset(log service)"] = fits["ships service>0 incidents~type+year+period+offset(log service)"].Converged()
	add("coal step count~I(year>=1892)", "count ~ step", coal(t))
	add("coal ITS count~t+D+D*(year-1892)", "count ~ t0 + D + since", coal(t))
	seen := 0
	for _, row := range reference.Rows(t, "reference_R.csv") {
		if row[0] != "glm" {
			continue
		}
		fit := fits[row[1]]
		want := reference.R(t, row[0], row[1], row[2])
		seen++
		quantity, term, isTerm := strings.Cut(row[2], ":")
		if !isTerm {
			got := map[string]float64{"deviance": fit.Deviance, "df_resid": float64(fit.DFResidual), "loglik": fit.LogLik, "AIC": fit.AIC,
				"pearson_chi2": fit.Pearson, "dispersion": fit.Dispersion}[quantity]
			reference.Near(t, row[1]+" "+quantity, got, want, 1e-6)
			continue
		}
		if r, ok := rename[term]; ok {
			term = r
		}
		use := fit
		var err error
		if kind, ok := map[string]regression.Covariance{"se_HC0": regression.HC0, "se_HC1": regression.HC1, "se_HC3": regression.HC3}[quantity]; ok {
			if use, err = fit.Robust(kind); err != nil {
				t.Fatal(err)
			}
		}
		c, err := use.Coefficient(term)
		if err != nil {
			t.Fatal(err)
		}
		got := c.SE
		if quantity == "b" {
			got = c.Estimate
		}
		reference.Near(t, row[1]+" "+row[2], got, want, 1e-6)
	}
	if seen < 100 {
		t.Errorf("only %d rows were compared", seen)
	}
}

func TestQuasiPoissonAgreesWithR(t *testing.T) {
	fit, err := regression.QuasiPoisson("incidents ~ type + year + period + offset(log(service))", ships(t))
	mustFit(t, fit, err)
	for _, c := range fit.Coefficients {
		reference.Near(t, c.Name, c.SE, reference.R(t, "quasipoisson", "ships", "se:"+c.Name), 1e-6)
	}
	reference.Near(t, "scale", fit.Dispersion, reference.Py(t, "sm.GLM Poisson ships", "quasi", "scale"), 1e-9)
}

func TestNegativeBinomialAgreesWithR(t *testing.T) {
	data := regression.Columns{}
	for i, name := range []string{"Eth", "Sex", "Age", "Lrn"} {
		data[name] = reference.Text(t, "in_quine.csv", i)
	}
	data["Days"] = reference.Column(t, "in_quine.csv", 4)
	fit, err := regression.NegativeBinomial("Days ~ Eth + Sex + Age + Lrn", data)
	mustFit(t, fit, err)
	const name = "quine Days~Eth+Sex+Age+Lrn"
	for _, c := range fit.Coefficients {
		reference.Near(t, c.Name, c.Estimate, reference.R(t, "glm.nb", name, "b:"+c.Name), 1e-6)
		reference.Near(t, c.Name, c.SE, reference.R(t, "glm.nb", name, "se:"+c.Name), 1e-6)
	}
	reference.Near(t, "theta", fit.Theta, reference.R(t, "glm.nb", name, "theta"), 1e-6)
	reference.Near(t, "se theta", fit.ThetaSE, reference.R(t, "glm.nb", name, "se.theta"), 1e-6)
	reference.Near(t, "2 log L", 2*fit.LogLik, reference.R(t, "glm.nb", name, "twologlik"), 1e-9)
	// statsmodels agrees on coefficients and alpha = 1/theta; its standard errors come from the observed joint
	// information: Eth[T.N] 0.157609 there, 0.153333 in R and by default here.
	joint, err := fit.Observed()
	mustFit(t, joint, err)
	const py = "sm.NegativeBinomial(nb2) quine"
	for _, c := range joint.Coefficients {
		term := map[string]string{"(Intercept)": "Intercept"}[c.Name]
		if term == "" {
			term = c.Name[:3] + "[T." + c.Name[3:] + "]"
		}
		reference.Near(t, term, c.Estimate, reference.Py(t, py, "ML", "b:"+term), 1e-6)
		reference.Near(t, "se "+term, c.SE, reference.Py(t, py, "ML", "se:"+term), 1e-6)
	}
	reference.Near(t, "alpha", 1/fit.Theta, reference.Py(t, py, "ML", "b:alpha"), 1e-6)
	reference.Near(t, "se alpha", joint.ThetaSE/fit.Theta/fit.Theta, reference.Py(t, py, "ML", "se:alpha"), 1e-6)
	reference.Near(t, "llf", fit.LogLik, reference.Py(t, py, "ML", "llf"), 1e-9)
	// border_numbers_R422.txt: quine glm.nb Days~Eth theta 1.1571654 coef 3.055504 -0.55555949; poisson dispersion 14.949454
	small, err := regression.NegativeBinomial("Days ~ Eth", data)
	mustFit(t, small, err)
	reference.Near(t, "theta", small.Theta, 1.1571654, 5e-8)
	reference.Near(t, "Eth", small.Coefficients[1].Estimate, -0.55555949, 2e-8)
	plain, err := regression.Poisson("Days ~ Eth", data)
	reference.Near(t, "dispersion", mustFit(t, plain, err).Dispersion, 14.949454, 5e-8)
}

// Every row of statsmodels' ships fit; its HC1 and HC3 silently equal HC0, so they are compared with HC0 here, while
// HC1 and HC3 themselves are those of R's sandwich (se:Intercept HC3: 0.121118 there, 0.282047 in R and here).
func TestShipsAgreeWithStatsmodels(t *testing.T) {
	fit, err := regression.Poisson("incidents ~ type + year + period + offset(log(service))", ships(t))
	fit = mustFit(t, fit, err).Converged()
	hc0, err := fit.Robust(regression.HC0)
	mustFit(t, hc0, err)
	for _, row := range reference.Rows(t, "reference_py.csv") {
		if row[0] != "sm.GLM Poisson ships" || row[1] == "quasi" {
			continue
		}
		quantity, term, _ := strings.Cut(row[2], ":")
		term = strings.NewReplacer("C(type)[T.", "type", "C(year)[T.", "year", "C(period)[T.", "period", "]", "", "Intercept", "(Intercept)").Replace(term)
		use := fit
		if row[1] != "nonrobust" {
			use = hc0
		}
		c, err := use.Coefficient(term)
		if err != nil {
			t.Fatal(err)
		}
		got := c.SE
		if quantity == "b" {
			got = c.Estimate
		}
		reference.Near(t, row[1]+" "+row[2], got, reference.Py(t, row[0], row[1], row[2]), 1e-6)
	}
}

func TestNeweyWestAgreesWithStatsmodels(t *testing.T) {
	years := reference.Column(t, "in_coal_yearly.csv", 0)
	var counts []int
	for _, c := range reference.Column(t, "in_coal_yearly.csv", 1) {
		counts = append(counts, int(c))
	}
	series, err := regression.InterruptedSeries(years, counts, nil, 1892, 4)
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range []string{"Intercept", "t", "post", "since"} {
		c := series.Fit.Coefficients[i]
		reference.Near(t, name, c.Estimate, reference.Py(t, "sm.GLM Poisson coal ITS", "HAC4", "b:"+name), 1e-6)
		reference.Near(t, name, c.SE, reference.Py(t, "sm.GLM Poisson coal ITS", "HAC4", "se:"+name), 1e-6)
	}
}

// border_numbers_R422.txt: Seatbelts ITS poisson, estimate, standard error, t and P of law in
// glm(DriversKilled ~ law + t + factor(month), quasipoisson).
func TestSeatbeltsAgreeWithR(t *testing.T) {
	killed, law := reference.Column(t, "in_seatbelts.csv", 0), reference.Column(t, "in_seatbelts.csv", 1)
	var time []float64
	var month []int
	for i := range killed {
		time, month = append(time, float64(i+1)), append(month, i%12)
	}
	fit, err := regression.QuasiPoisson("killed ~ law + t + month", regression.Columns{"killed": killed, "law": law, "t": time, "month": regression.Factor(month)})
	mustFit(t, fit, err)
	c, err := fit.Coefficient("law")
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range []struct {
		what      string
		got, want float64
	}{{"law", c.Estimate, -0.13579199582}, {"se", c.SE, 0.03844914520}, {"t", c.Z, -3.53172990199}, {"P", c.P, 0.00052579863}} {
		reference.Near(t, v.what, v.got, v.want, 1e-6)
	}
}
