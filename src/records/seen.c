#include "records/seen.h"

#include <string.h>

enum { FIRST_ROOM = 1 << 10 };

/* The 64-bit finaliser of splitmix64 (Steele, Lea, Flood 2014), eight bytes at a time. */
static uint64_t mixed(uint64_t z) {
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* The same on every machine, whatever its order of bytes: ids are made of it. */
static uint64_t word_at(const unsigned char *b) {
    return (uint64_t)b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 | (uint64_t)b[3] << 24 | (uint64_t)b[4] << 32 |
           (uint64_t)b[5] << 40 | (uint64_t)b[6] << 48 | (uint64_t)b[7] << 56;
}

uint64_t dt__hash_bytes(uint64_t hash, const char *bytes, size_t length) {
    uint64_t word;

    hash = mixed(hash + UINT64_C(0x9e3779b97f4a7c15) + length);
    for (; length >= sizeof word; bytes += sizeof word, length -= sizeof word)
        hash = mixed(hash ^ word_at((const unsigned char *)bytes)) + UINT64_C(0x9e3779b97f4a7c15);
    word = 0;
    for (size_t i = 0; i < length; i++) word |= (uint64_t)(unsigned char)bytes[i] << (8 * i);
    return mixed(hash ^ word);
}

/* ---- quickly: both halves of a product, as the hash functions of Wang Yi (wyhash) fold them ---- */

__extension__ typedef unsigned __int128 product_bits;

static uint64_t folded(uint64_t a, uint64_t b) {
    product_bits product = (product_bits)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint64_t eight_at(const char *bytes) {
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

static uint64_t four_at(const char *bytes) {
    uint32_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

uint64_t dt__hash_quickly(uint64_t hash, const char *bytes, size_t length) {
    const uint64_t first = UINT64_C(0x9e3779b97f4a7c15), second = UINT64_C(0xbf58476d1ce4e5b9);
    uint64_t a = 0, b = 0;

    hash += length * second;
    for (; length > 16; bytes += 16, length -= 16) hash = folded(eight_at(bytes) ^ first, eight_at(bytes + 8) ^ hash);
    if (length >= 8) {
        a = eight_at(bytes);
        b = eight_at(bytes + length - 8);
    } else if (length >= 4) {
        a = four_at(bytes);
        b = four_at(bytes + length - 4);
    } else if (length > 0) {
        a = (uint64_t)(unsigned char)bytes[0] | (uint64_t)(unsigned char)bytes[length / 2] << 8 |
            (uint64_t)(unsigned char)bytes[length - 1] << 16;
    }
    return folded(a ^ first, b ^ hash);
}

/* ---- ids ---- */

void dt__seen_init(dt__seen *seen, dt_env *env) {
    *seen = (dt__seen){.env = env};
}

void dt__seen_clear(dt__seen *seen) {
    if (seen->places != NULL) DT__FREE(seen->env, seen->places, seen->room);
    *seen = (dt__seen){.env = seen->env};
}

static dt__seen_id *place_of(dt__seen_id *places, size_t room, uint64_t id) {
    size_t at = (size_t)id & (room - 1);
    while (places[at].id != 0 && places[at].id != id) at = (at + 1) & (room - 1);
    return &places[at];
}

static dt_status grow(dt__seen *seen) {
    size_t room = seen->room == 0 ? FIRST_ROOM : seen->room * 2;
    dt__seen_id *places = DT__ARRAY(seen->env, dt__seen_id, room);

    if (places == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < seen->room; i++)
        if (seen->places[i].id != 0) *place_of(places, room, seen->places[i].id) = seen->places[i];
    if (seen->places != NULL) DT__FREE(seen->env, seen->places, seen->room);
    seen->places = places;
    seen->room = room;
    return DT_OK;
}

dt_status dt__seen_note(dt__sighting *what, dt__seen *seen, uint64_t id, uint64_t content) {
    dt__seen_id *place;

    if (id == 0) id = 1;
    if (seen->count * 2 >= seen->room && seen->count < DT__SEEN_MOST && grow(seen) != DT_OK) return DT_ERR_MEMORY;
    place = place_of(seen->places, seen->room, id);
    if (place->id == id) *what = place->content == content ? DT__SIGHTING_SAME : DT__SIGHTING_OTHER;
    else *what = seen->count < DT__SEEN_MOST ? DT__SIGHTING_NEW : DT__SIGHTING_UNKNOWN;
    if (*what == DT__SIGHTING_UNKNOWN) return DT_OK;
    seen->count += *what == DT__SIGHTING_NEW;
    *place = (dt__seen_id){.id = id, .content = content};
    return DT_OK;
}
