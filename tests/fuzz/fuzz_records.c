/* Any bytes as a file of events, in every format: no crash, records that hold together, the same by small pieces. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "records/formats.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct pieces {
    const uint8_t *bytes;
    size_t length, at, piece;
} pieces;

static dt_status read_pieces(void *payload, char *bytes, size_t room, size_t *got) {
    pieces *p = payload;
    size_t left = p->length - p->at, size = p->piece < room ? p->piece : room;

    *got = left < size ? left : size;
    memcpy(bytes, p->bytes + p->at, *got);
    p->at += *got;
    return DT_OK;
}

static void hold(bool property) {
    if (!property) abort();
}

static dt_status take(void *payload, const dt__record *r) {
    uint64_t *count = payload;
    const char *texts[] = {r->id, r->source, r->claimant, r->actor, r->involved, r->act, r->region, r->text, r->url};

    ++*count;
    hold(r->id != NULL && *r->id != '\0');
    hold(r->when.lo <= r->when.hi);
    hold(isnan(r->low) || r->low <= r->high);
    hold(!r->has_place || (fabs(r->at.lon) <= 180 && fabs(r->at.lat) <= 90));
    hold(r->radius >= 0);
    hold(r->text == NULL || strlen(r->text) <= 400);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        hold(texts[i] == NULL || dt__utf8_valid(texts[i], strlen(texts[i])) == strlen(texts[i]));
    return DT_OK;
}

static dt_status cover(void *payload, const dt__coverage *c) {
    const char *texts[] = {c->id, c->source, c->channel, c->zone, c->reason};

    (void)payload;
    hold(c->id != NULL && *c->id != '\0' && c->source != NULL);
    hold(c->when.lo < c->when.hi);
    hold((unsigned)c->state < DT__WATCHES);
    hold(!c->has_place || (fabs(c->at.lon) <= 180 && fabs(c->at.lat) <= 90));
    hold(c->radius >= 0);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        hold(texts[i] == NULL || dt__utf8_valid(texts[i], strlen(texts[i])) == strlen(texts[i]));
    return DT_OK;
}

static dt_status read_by(const uint8_t *data, size_t size, size_t piece, dt__reading_tally *tally) {
    pieces p = {.bytes = data, .length = size, .piece = piece};
    dt_source source = {.read = read_pieces, .payload = &p};
    uint64_t count = 0;
    dt__record_sink sink = {.take = take, .payload = &count, .cover = cover};
    dt__records_opts opts;
    dt_env *env = NULL;
    dt_status st;

    hold(dt_env_new(&env, NULL) == DT_OK);
    dt__records_opts_init(&opts);
    opts.file = "fuzz";
    st = dt__records_read(tally, &sink, NULL, &source, &opts, env);
    hold(st == DT_OK || st == DT_ERR_MODEL);
    hold(count == tally->records);
    dt_env_free(env);
    return st;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    dt__reading_tally whole, parts;
    dt_status st = read_by(data, size, SIZE_MAX, &whole);

    hold(read_by(data, size, 5, &parts) == st);
    hold(whole.rows == parts.rows && whole.records == parts.records && whole.set_aside == parts.set_aside);
    return 0;
}
