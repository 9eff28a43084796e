# SPDX-License-Identifier: BSD-2-Clause
"""The method of bt-diff(1) from its formulas, with NumPy and SciPy, and random runs to try it on.

A table is a list of stacks (tuples of frames, root first) and the counts of
each in each run.  See cmd/tests/model, which starts this.
"""
import json
import math
import os
import subprocess
import sys
import tempfile

import numpy as np
from scipy import special, stats

Q, MIN_POINTS, MIN_RELATIVE, MOST_CULPRITS, LEAST, LEAST_SHARE = 0.05, 0.005, 0.05, 20, 16, 0.001
SIGMA_ASSUMED, D0_MAX = 0.10, 10.0
EXACT = 1e-9
FUNC, PATH, INCL = "func", "path", "incl"


# 2. Candidate sets: the stacks that end in a frame, that begin with a path, that have a frame anywhere.

def candidates(stacks, counts):
    """[(kind, key, members)] in their order: functions, paths from the root down, frames anywhere; each by its bytes."""
    total = counts.sum()
    least = max(LEAST, LEAST_SHARE * total)
    pooled = counts.sum(axis=0)
    members = {}
    for i, stack in enumerate(stacks):
        if pooled[i] == 0:
            continue
        members.setdefault((FUNC, stack[-1:]), set()).add(i)
        for n in range(1, len(stack) + 1):
            members.setdefault((PATH, stack[:n]), set()).add(i)
        for frame in stack:
            members.setdefault((INCL, (frame,)), set()).add(i)
    large = {k: frozenset(m) for k, m in members.items() if sum(pooled[i] for i in m) >= least}
    rank = {FUNC: 0, PATH: 1, INCL: 2}
    kept = {}
    # Of sets with the same stacks one is kept: a function, a path, a frame; of paths the deepest, of frames the first.
    for (kind, key), m in sorted(large.items(), key=lambda s: (rank[s[0][0]], -len(s[0][1]), [f.encode() for f in s[0][1]])):
        kept.setdefault(m, (kind, key))
    return sorted(((kind, key, m) for m, (kind, key) in kept.items()),
                  key=lambda s: (rank[s[0]], [f.encode() for f in s[1]]))


def sums(sets, counts):
    """The counts of each set (columns) in each run (rows)."""
    return np.array([counts[:, sorted(m)].sum(axis=1) for _, _, m in sets]).T.reshape(len(counts), len(sets))


# 3. Estimates of each set.

class Estimates:
    def __init__(self, y, exposure, new, work):
        self.ea, self.eb = exposure[~new].sum(), exposure[new].sum()
        self.pa = y[~new].sum(axis=0) / self.ea
        self.pb = y[new].sum(axis=0) / self.eb
        self.p = y.sum(axis=0) / exposure.sum()
        self.kappa = self.p if work else self.p * (1 - self.p)
        self.d = len(exposure) - 2
        if self.d > 0:
            off = y - exposure[:, None] * np.where(new[:, None], self.pb, self.pa)
            expected = exposure[:, None] * self.kappa
            self.s2 = np.divide(off ** 2, expected, out=np.zeros_like(off), where=expected > 0).sum(axis=0) / self.d


# 4. Dispersions, drawn to what all sets of a family have in common.

def trigamma_inverse(y):
    if y > 1e7:
        return 1 / math.sqrt(y)
    if y < 1e-6:
        return 1 / y
    x = 0.5 + 1 / y
    for _ in range(50):
        t = special.polygamma(1, x)
        step = t * (1 - t / y) / special.polygamma(2, x)
        x += step
        if -step / x < 1e-8:
            break
    return float(x)


class Noise:
    def __init__(self, y, exposure, new, work):
        self.work, self.new, self.runs = work, new, (int((~new).sum()), int(new.sum()))
        self.mean_exposure, self.sigma2, self.d0, self.s0 = exposure.mean(), SIGMA_ASSUMED ** 2, 0.0, 0.0
        e = Estimates(y, exposure, new, work)
        if e.d > 0 and y.shape[1] > 0:
            self.sigma2 = self.common_variation(e.s2, self.mean_exposure * e.p)
            self.learn_prior(e.s2 / (1 + self.mean_exposure * e.p * self.sigma2), e.d)

    @staticmethod
    def common_variation(s2, mean):
        excess = lambda x: (s2 / (1 + mean * x)).mean() - 1
        low, high = 0.0, 1.0
        if excess(0) <= 0:
            return 0.0
        while excess(high) > 0:
            high *= 4
        for _ in range(200):
            middle = (low + high) / 2
            low, high = (middle, high) if excess(middle) > 0 else (low, middle)
        return (low + high) / 2

    def learn_prior(self, u, d):
        z = np.log(np.maximum(u, 1e-5 * max(np.median(u), 1e-8)))
        e = z - special.digamma(d / 2) + math.log(d / 2)
        v = e.var(ddof=1) - special.polygamma(1, d / 2) if len(e) > 1 else 0
        if v <= 0:
            self.d0, self.s0 = D0_MAX, math.exp(e.mean())
        else:
            self.d0 = min(D0_MAX, 2 * trigamma_inverse(v))
            self.s0 = math.exp(e.mean() + special.digamma(self.d0 / 2) - math.log(self.d0 / 2))

    # 5. The test.
    def test(self, y, exposure):
        e = Estimates(y, exposure, self.new, self.work)
        inverse = 1 / e.ea + 1 / e.eb
        if e.d > 0:
            tau = 1 + self.mean_exposure * e.p * self.sigma2
            phi = np.maximum(1, tau * (self.d0 * self.s0 + e.d * e.s2 / tau) / (self.d0 + e.d))
            variance, df = phi * e.kappa * inverse, self.d0 + e.d
        else:
            variance, df = e.kappa * inverse + self.sigma2 * e.p ** 2 * (1 / self.runs[0] + 1 / self.runs[1]), math.inf
        delta = e.pb - e.pa
        t = np.divide(delta, np.sqrt(variance), out=np.zeros_like(delta), where=variance > 0)
        p = 2 * stats.t.sf(abs(t), df) if df < 1e6 else special.erfc(abs(t) / math.sqrt(2))
        return {"pa": e.pa, "pb": e.pb, "delta": delta, "t": t, "p": p}


# 6. The false discovery rate, by Benjamini and Hochberg's definition.

def bh(p):
    p = np.asarray(p)
    ranks = np.array([(p <= v).sum() for v in p])
    return np.array([min(1.0, min((w * len(p) / r for w, r in zip(p, ranks) if w >= v))) for v in p])


# 7. and 8.  What is large enough, and the culprits.

class Model:
    def __init__(self, stacks, counts, new, work=None):
        self.counts, self.new, self.is_work = counts, new, work is not None
        self.exposure = counts.sum(axis=1) if work is None else work
        before = ~new
        self.least = MIN_POINTS * (counts[before].sum() / self.exposure[before].sum() if self.is_work else 1)
        self.sets = candidates(stacks, counts)
        y = sums(self.sets, counts)
        funcs = [i for i, s in enumerate(self.sets) if s[0] == FUNC]
        self.noise = Noise(y[:, funcs], self.exposure, new, self.is_work)
        self.names = [self.sets[i][1][0] for i in funcs]
        self.func = self.noise.test(y[:, funcs], self.exposure)
        self.func["q"] = bh(self.func["p"]) if funcs else np.zeros(0)
        self.func["significant"] = (self.func["q"] < Q) & self.large(self.func)
        self.all_noise = Noise(y, self.exposure, new, self.is_work)
        p = self.all_noise.test(y, self.exposure)["p"]
        called = p[bh(p) < Q] if len(p) > 0 else p
        self.called = called.max() if len(called) > 0 else 0
        self.live = np.ones(counts.shape[1], bool)

    def large(self, seen):
        change = abs(seen["delta"])
        return (change >= self.least) & (change >= MIN_RELATIVE * seen["pa"])

    def step(self):
        """The residual tests of all sets, and the |t| of those that may be culprits (0: it may not)."""
        counts = self.counts * self.live
        exposure = self.exposure if self.is_work else counts.sum(axis=1)
        if self.called == 0 or exposure[self.new].sum() == 0 or exposure[~self.new].sum() == 0:
            return None, np.zeros(len(self.sets))
        y = sums(self.sets, counts)
        seen = self.all_noise.test(y, exposure)
        may = (y.sum(axis=0) >= LEAST) & self.large(seen) & (seen["p"] <= self.called)
        return seen, np.where(may, abs(seen["t"]), 0)

    def remove(self, i):
        self.live[list(self.sets[i][2])] = False

    def same_live(self, i, k):
        live = lambda m: {j for j in m if self.live[j]}
        return live(self.sets[i][2]) == live(self.sets[k][2])


def culprits(model, follow=None):
    """[(kind, key, seen)], strongest first.

    Two sets that are each the rest of the other have one |t|, and rounding
    decides: FOLLOW, what another program found, is then taken for as good.
    Sets that have the same stacks left are a true tie: the first one counts.
    Raises ValueError where FOLLOW is wrong.
    """
    found = []
    while len(found) < MOST_CULPRITS:
        seen, t = model.step()
        best = int(np.argmax(t)) if len(t) > 0 else 0     # of equal ones the first
        if len(t) == 0 or t[best] == 0:
            break
        if follow is not None and len(found) < len(follow):
            wanted = follow[len(found)]
            at = [i for i, s in enumerate(model.sets) if s[:2] == wanted]
            if not at or t[at[0]] < t[best] * (1 - EXACT) or (at[0] != best and model.same_live(at[0], best)):
                raise ValueError("culprit %d is %s, not %s" % (len(found) + 1, wanted, model.sets[best][:2]))
            best = at[0]
        found.append((*model.sets[best][:2], {k: float(v[best]) for k, v in seen.items()}))
        model.remove(best)
    if follow is not None and len(follow) != len(found):
        raise ValueError("%d culprits, not %d" % (len(follow), len(found)))
    return found


# Random runs.

DESIGNS = [(1, 1), (2, 2), (3, 2), (5, 5), (10, 1), (1, 3), (3, 3), (1, 2), (4, 4)]


def random_stacks(r, tiny):
    """Distinct stacks of a call tree, some with recursion; names that no rule for names is about."""
    names = ["fn_" + "abcdefghijklmnopqrstuvwxyz"[i] * (1 + i % 3) for i in range(int(r.integers(2, 26)))]
    stacks = set()
    for _ in range(int(r.integers(1, 4) if tiny else r.integers(5, 120))):
        stack = ["main"]
        while len(stack) < 12 and r.random() < 0.8:
            stack.append(stack[-1] if r.random() < 0.15 else names[int(r.integers(len(names)))])
        stacks.add(tuple(stack))
    return sorted(stacks)


def random_table(r, i):
    """(stacks, counts, new, work): runs that vary, and in most a change of what ends in a frame or has it."""
    m, n = DESIGNS[i % len(DESIGNS)]
    tiny, work = i % 7 == 6, (i + i // len(DESIGNS)) % 3 == 2
    stacks = random_stacks(r, tiny)
    new = np.arange(m + n) >= m
    rate = r.gamma(0.7, size=len(stacks)) + 1e-3
    rate *= float(r.choice([60, 900, 5000, 40000])) / rate.sum()
    noise = float(r.choice([0, 0.03, 0.1, 0.3]))
    frame = stacks[int(r.integers(len(stacks)))][-1]
    frames = [stacks[k][-1] for k in r.integers(len(stacks), size=int(r.integers(1, 4)))]
    factor = np.ones(len(stacks))
    for frame in frames:
        touched = np.array([s[-1] == frame if r.random() < 0.5 else frame in s for s in stacks])
        factor[touched] *= float(r.choice([0, 0.5, 1, 1, 1.5, 3]))
    units = r.integers(50, 200, size=m + n).astype(float) / 100 if work else np.ones(m + n)
    counts = np.array([r.poisson(rate * units[k] * (factor if new[k] else 1) * r.lognormal(0, noise, len(stacks)))
                       for k in range(m + n)], float)
    still = r.random(len(stacks)) < (0.5 if i % 5 == 4 else 0.05)
    counts[:, still] = counts[0, still]
    counts[:, 0] += 1       # no run is empty
    return stacks, counts, new, units * 1000 if work else None


def write_runs(directory, stacks, counts):
    paths = []
    for k, row in enumerate(counts):
        paths.append(os.path.join(directory, "run%d" % k))
        with open(paths[-1], "w") as f:
            f.writelines("%s %d\n" % (";".join(s), n) for s, n in zip(stacks, row) if n > 0)
    return paths


def run_bt_diff(binary, directory, stacks, counts, new, work):
    paths = write_runs(directory, stacks, counts)
    command = [binary, "--format", "json", "--base", *paths[:int((~new).sum())], "--new", *paths[int((~new).sum()):]]
    if work is not None:
        command += ["--by", "work"] + ["--work=%s=%r" % (p, float(w)) for p, w in zip(paths, work)]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode > 1:
        raise ValueError("status %d: %s" % (run.returncode, run.stderr))
    return json.loads(run.stdout)


def check(what, got, want):
    if not (got == want or abs(got - want) <= EXACT * abs(want)):
        raise ValueError("%s is %.17g, not %.17g" % (what, got, want))


def compare(told, stacks, counts, new, work):
    """Raises ValueError where what bt-diff TOLD is not what the model says."""
    model = Model(stacks, counts, new, work)
    order = sorted(range(len(model.names)), key=lambda i: (model.func["p"][i], model.names[i].encode()))
    if sorted(f["frame"] for f in told["functions"]) != sorted(model.names):
        raise ValueError("other functions: %s" % [f["frame"] for f in told["functions"]])
    if model.names:
        check("sigma", told["noise"]["sigma"], math.sqrt(model.noise.sigma2))
        check("d0", told["noise"]["d0"], model.noise.d0)
        check("s0", told["noise"]["s0"], model.noise.s0)
    index = {name: i for i, name in enumerate(model.names)}
    for place, f in enumerate(told["functions"]):
        i = index[f["frame"]]
        for key in ("pa", "pb", "t", "p", "q"):
            # A share that did not change is 0 but for rounding, which no relative error is about.
            if key == "t" and abs(model.func["t"][i]) < EXACT and abs(f["t"]) < EXACT:
                continue
            check("%s of %s" % (key, f["frame"]), f[key], model.func[key][i])
        if f["significant"] != bool(model.func["significant"][i]):
            raise ValueError("%s is%s significant" % (f["frame"], "" if f["significant"] else " not"))
        if not f["moved"] and not f["diluted"] and f["gated"] != (f["significant"] and f["delta"] > 0):
            raise ValueError("%s is%s gated" % (f["frame"], "" if f["gated"] else " not"))
        check("the order of p", f["p"], model.func["p"][order[place]])
    follow = [(c["kind"], tuple(c["path"]) if c["kind"] == PATH else (c["frame"],)) for c in told["culprits"]]
    for c, (kind, key, seen) in zip(told["culprits"], culprits(model, follow)):
        for value in ("pa", "pb", "delta", "t", "p"):
            check("%s of culprit %s %s" % (value, kind, ";".join(key)), c[value], seen[value])
    return len(follow)


def try_all(binary, n):
    seed = int(os.environ.get("SEED", "20121121"))
    failed, named = 0, 0
    for i in range(n):
        stacks, counts, new, work = table = random_table(np.random.default_rng([seed, i]), i)
        text = "%d v %d, %d stacks, %s" % ((~new).sum(), new.sum(), len(stacks), "work" if work is not None else "shares")
        with tempfile.TemporaryDirectory() as directory:
            try:
                found = compare(run_bt_diff(binary, directory, *table), *table)
                named += found
                print("ok %d - %s, %d culprits" % (i + 1, text, found))
            except ValueError as e:
                failed = 1
                print("not ok %d - %s\n# SEED=%d: %s" % (i + 1, text, seed, e))
    print("%s %d - culprits were found" % ("ok" if named > 0 or n < 10 else "not ok", n + 1))
    print("1..%d" % (n + 1))
    return failed or (named == 0 and n >= 10)


# Tables for libpost's own tests.

def numbers(*values):
    return "\t".join("%.17g" % v for v in values)


def put_table(f, stacks, counts, new, work):
    model = Model(stacks, counts, new, work)
    f.write("mode\t%s\n" % ("work" if work is not None else "share"))
    for k in range(len(counts)):
        f.write("run\t%s\trun%d\t%s\n" % ("new" if new[k] else "base", k, numbers(model.exposure[k])))
    for s, column in zip(stacks, counts.T):
        f.write("stack\t%s\t%s\n" % (";".join(s), "\t".join("%d" % n for n in column)))
    f.write("sigma\t%s\nd0\t%s\ns0\t%s\n" % tuple(map(numbers, (math.sqrt(model.noise.sigma2), model.noise.d0, model.noise.s0))))
    seen = model.func
    for i in sorted(range(len(model.names)), key=lambda i: (seen["p"][i], model.names[i].encode())):
        f.write("func\t%s\t%s\n" % (model.names[i], numbers(*(seen[k][i] for k in ("pa", "pb", "t", "p", "q")))))
    for kind, key, seen in culprits(model):
        f.write("culprit\t%s\t%s\t%s\n" % (kind, ";".join(key), numbers(seen["delta"], seen["t"], seen["p"])))


WORKED = """main;a;x 200 210 190 205 200 195
main;a;y 300 290 310 300 310 295
main;b 100 110 95 100 105 98
main;b;z 150 140 155 215 220 210
main;c 250 255 245 250 255 240"""


def worked_example():
    rows = [line.split(" ") for line in WORKED.split("\n")]
    return [tuple(r[0].split(";")) for r in rows], np.array([r[1:] for r in rows], float).T, np.arange(6) >= 3, None


# Of [1, i]; none in which rounding could decide which of two sets is the stronger one.
GOLDEN = [6, 16, 18, 54, 57, 65, 82, 123, 140, 143, 245, 247, 283, 354]


def golden(directory):
    os.makedirs(directory, exist_ok=True)
    cases = [("worked", worked_example())]
    for i in GOLDEN:
        table = random_table(np.random.default_rng([1, i]), i)
        new, work = table[2:]
        cases.append(("%d-%dv%d%s" % (i, (~new).sum(), new.sum(), "" if work is None else "-work"), table))
    for name, table in cases:
        with open(os.path.join(directory, name + ".tsv"), "w") as f:
            f.write("# Made by cmd/tests/model --golden.  run: side, name, exposure; stack: counts by run; "
                    "func: pa, pb, t, p, q; culprit: delta, t, p\n")
            put_table(f, *table)


if __name__ == "__main__":
    if sys.argv[1:] == ["--golden"]:
        golden("testdata/diff/model")
    elif len(sys.argv) in (2, 3):
        sys.exit(try_all(os.path.join(sys.argv[1], "bt-diff"), int(sys.argv[2]) if len(sys.argv) == 3 else 60))
    else:
        sys.exit("usage: model BINDIR [N] | --golden")
