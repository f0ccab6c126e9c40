"""Models of positions by their definitions, slowly: what `detente backtest` is compared with."""
import math


def compromise(x, w):
    return sum(a * b for a, b in zip(x, w)) / sum(w)


def weighted_median(x, w):
    pairs = sorted(zip(x, w))
    total, reached = sum(w), 0.0
    for i, (position, weight) in enumerate(pairs):
        reached += weight
        if abs(reached - total / 2) <= 1e-12 * total:
            later = [p for p, v in pairs[i + 1:] if v > 0]
            return (position + later[0]) / 2 if later else position
        if reached > total / 2:
            return position
    return pairs[-1][0]


def nash(x, w, width):
    def worth(y):
        return sum(v * math.log(max(1e-300, 1 - abs(p - y) / width)) for p, v in zip(x, w))
    held = [p for p, v in zip(x, w) if v > 0]
    low, high = min(held), max(held)
    for _ in range(300):
        a, b = low + (high - low) / 3, high - (high - low) / 3
        if worth(a) < worth(b):
            low = a
        else:
            high = b
    return (low + high) / 2


def unique(x, width):
    kept = []
    for p in x:
        if all(abs(p - q) >= 1e-3 * width for q in kept):
            kept.append(p)
    return sorted(kept)


def victories(utilities, w):
    """utilities[voter][option]: chance that option i beats j."""
    n = len(utilities[0])
    c = [[1e-8 + sum(max(0.0, v * (u[i] - u[j])) for u, v in zip(utilities, w)) for j in range(n)] for i in range(n)]
    return c, [[0.5 if i == j else c[i][j] / (c[i][j] + c[j][i]) for j in range(n)] for i in range(n)]


def conditional(utilities, w):
    _, p = victories(utilities, w)
    logs = [sum(math.log(q) for q in row) for row in p]
    best = max(logs)
    chances = [math.exp(v - best) for v in logs]
    return [v / sum(chances) for v in chances]


def markov(utilities, w, incentive):
    c, p = victories(utilities, w)
    n = len(p)
    chances = [1 / n] * n
    weight = [[c[i][j] * p[i][j] + (1e-10 if i == j else 0) for j in range(n)] for i in range(n)]
    column = [sum(weight[k][j] for k in range(n)) for j in range(n)]
    for _ in range(200000):
        if incentive:  # the favourite i is challenged by j
            C = [[chances[i] * weight[j][i] / column[i] for j in range(n)] for i in range(n)]
            q = [sum(p[i][j] * (C[i][j] + C[j][i]) for j in range(n)) for i in range(n)]
        else:
            q = [sum(p[i][j] * (chances[i] + chances[j]) for j in range(n)) / n for i in range(n)]
        new = [(a + b) / 2 for a, b in zip(chances, q)]
        done = max(abs(a - b) for a, b in zip(new, chances)) < 1e-14
        chances = new
        if done:
            break
    return chances


def election(x, w, width, kind):
    options = unique(x, width)
    w = [v / sum(w) for v in w]
    utilities = [[1 - abs(p - o) / width for o in options] for p in x]
    chances = conditional(utilities, w) if kind == "pce" else markov(utilities, w, kind == "pce_incentive")
    return sum(o * q for o, q in zip(options, chances))


def challenge_round(x, c, s, width):
    """One round of the challenge model, paper form, least move."""
    n = len(x)
    d = [[abs(a - b) / width for b in x] for a in x]

    def chance(i, j):
        votes = [c[k] * s[k] * (d[k][j] - d[k][i]) for k in range(n)]
        size = sum(abs(v) for v in votes)
        return sum(v for v in votes if v > 0) / size if x[i] != x[j] and size > 0 else 0.0

    def expected(r, i, j):
        win, lose, stay = 2 - 4 * (.5 - .5 * d[i][j]) ** r, 2 - 4 * (.5 + .5 * d[i][j]) ** r, 2 - 4 * .5 ** r
        p = chance(i, j)
        return s[j] * (p * win + (1 - p) * lose) + (1 - s[j]) * win - stay

    security = [sum(expected(1, j, i) for j in range(n) if j != i) for i in range(n)]
    high, low = max(security), min(security)
    k = [0 if high == low else (2 * v - high - low) / (high - low) for v in security]
    risk = [(1 - v / 3) / (1 + v / 3) for v in k]
    new = []
    for i in range(n):
        offers = []
        for j in range(n):
            if x[i] == x[j]:
                continue
            mine, theirs = expected(risk[i], i, j), expected(risk[i], j, i)
            if theirs > mine > 0:
                offers.append(x[j])
            elif theirs > 0 > mine and theirs > -mine:
                offers.append(x[i] + (x[j] - x[i]) * -mine / theirs)
            elif theirs > 0 > mine and theirs < -mine:
                offers.append(x[j])
        moves = [abs(o - x[i]) for o in offers]
        best = min(moves) if offers else 0
        new.append(next(o for o, m in zip(offers, moves) if m <= best + 1e-12 * width) if offers else x[i])
    return new


def eum(x, c, s, rounds):
    width = max(x) - min(x)
    s = [max(v, .01) for v in s]
    least = 1e-5 * sum(c) if sum(c) > 0 else 1
    c = [max(v, least) for v in c]
    for _ in range(rounds):
        x = challenge_round(x, c, s, width)
    return compromise(x, [a * b for a, b in zip(c, s)])


# ---- the spatial model, one issue ----

def utility(d, r):
    return (1 - d) * (1 + r) if d > 1 else (1 - d) * (1 + d * r)


def risks(pos, c):
    p = conditional([[1 - abs(a - b) for b in pos] for a in pos], c)
    high, low = max(p), min(p)
    return [0 if high == low else (3 * v - high - 2 * low) / (2 * (high - low)) for v in p]


def best_challenge(pos, c, s, r, i):
    n = len(pos)
    U = [[utility(abs(pos[a] - pos[b]), (2 * r[i] + r[a]) / 3) for b in range(n)] for a in range(n)]
    best = None
    for j in range(n):
        if j == i:
            continue
        a = b = 1e-10
        for k in (i, j):
            v = s[k] * c[k] * (U[k][i] - U[k][j])
            a, b = (a + v, b) if v > 0 else (a, b - v)
        a0, b0 = a, b
        for t in range(n):
            if t in (i, j):
                continue
            v = s[t] * c[t] * (U[t][i] - U[t][j])
            p = (a0 + max(v, 0)) / (a0 + b0 + abs(v))
            A = p * (2 * U[t][i] + U[t][t]) + (1 - p) * 3 * U[t][j]
            B = p * 3 * U[t][i] + (1 - p) * (2 * U[t][j] + U[t][t])
            v = s[t] * c[t] * (A - B)
            a, b = (a + v, b) if v > 0 else (a, b - v)
        phi = a / (a + b)
        win, lose = 2 * U[i][i], 2 * U[i][j]
        gain = (1 - s[j]) * win + s[j] * (phi * win + (1 - phi) * lose) - U[i][i] - U[i][j]
        if gain > (1e-5 if best is None else best[0] + 1e-12):
            best = (gain, j, phi)
    return best


def spatial_turn(pos, c, s):
    n, r, bargains = len(pos), risks(pos, c), []
    for i in range(n):
        found = best_challenge(pos, c, s, r, i)
        if found is None:
            continue
        _, j, p = found
        wi, wj = (s[i] * p) ** 2, (s[j] * (1 - p)) ** 2
        bi = ((wi + 1e-6) * pos[i] + wj * pos[j]) / (wi + 1e-6 + wj)
        bj = (wi * pos[i] + (wj + 1e-6) * pos[j]) / (wi + 1e-6 + wj)
        bargains.append((i, j, math.floor(bi * 1e4 + .5) / 1e4, math.floor(bj * 1e4 + .5) / 1e4))

    def worth(a, after):
        return sum(utility(abs(pos[a] - q), r[a]) for q in after) / n
    new = list(pos)
    for k in range(n):
        queue = [(list(pos), pos[k])]
        for i, j, bi, bj in bargains:
            if k in (i, j):
                after = list(pos)
                after[i], after[j] = bi, bj
                queue.append((after, bi if k == i else bj))
        chances = conditional([[worth(a, q[0]) for q in queue] for a in range(n)], c)
        best = 0
        for m in range(1, len(queue)):
            if chances[m] > chances[best] + 1e-12:
                best = m
        new[k] = queue[best][1]
    return new


def spatial(x, c, s, low, high, turns=100):
    pos = [(p - low) / (high - low) for p in x]
    s = [max(v, .01) for v in s]
    c = [100 * v / sum(c) for v in c] if sum(c) > 0 else [100 / len(c)] * len(c)
    first, turn = None, 0
    while turn < turns:
        new = spatial_turn(pos, c, s)
        moved = sum(abs(a - b) for a, b in zip(new, pos))
        pos, turn = new, turn + 1
        if first is None:
            first = moved + 1e-4
        elif moved / first < .02:
            break
    kept, r = [], risks(pos, c)
    for p in pos:
        if all(abs(p - q) >= 1e-3 for q in kept):
            kept.append(p)
    chances = conditional([[utility(abs(p - o), r[a]) for o in kept] for a, p in enumerate(pos)], c)
    return low + (high - low) * sum(o * q for o, q in zip(kept, chances))
