/*
 * The json workload's orders as a C program makes them with yyjson: parse, transform, write. Memory is kept from call to
 * call, names are told apart by their length first, and what is dropped is never copied.
 *
 *     orders INPUT OUTPUT CALLS
 *
 * writes the result to OUTPUT and prints the median nanoseconds of CALLS calls. Unlike the core, it does not look for duplicate
 * names, and it writes some numbers otherwise than ECMAScript: orders have none of these.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "yyjson.h"

typedef struct {
    const char *text;
    size_t length;
} name;

#define NAME(literal) ((name){literal, sizeof(literal) - 1})

static bool is(const char *text, size_t length, name other) {
    return length == other.length && memcmp(text, other.text, length) == 0;
}

static bool is_dropped(const char *text, size_t length) {
    return is(text, length, NAME("internal")) || is(text, length, NAME("discount"));
}

static bool is_redacted(const char *text, size_t length) {
    return is(text, length, NAME("email")) || is(text, length, NAME("phone")) || is(text, length, NAME("street"));
}

static name renamed(const char *text, size_t length) {
    if (is(text, length, NAME("createdAt"))) return NAME("created");
    if (is(text, length, NAME("sku"))) return NAME("article");
    if (is(text, length, NAME("unitPrice"))) return NAME("price");
    if (is(text, length, NAME("shippingFee"))) return NAME("shipping");
    return (name){text, length};
}

/* ECMAScript writes whole numbers without a point. */
static yyjson_mut_val *number(yyjson_mut_doc *doc, double value) {
    int64_t whole = (int64_t)value;
    return (double)whole == value ? yyjson_mut_sint(doc, whole) : yyjson_mut_real(doc, value);
}

/* Sums quantity · unitPrice over the elements of `items`. */
static yyjson_mut_val *total_of(yyjson_mut_doc *doc, yyjson_val *items) {
    double sum = 0;
    size_t index, count;
    yyjson_val *item;
    yyjson_arr_foreach(items, index, count, item) {
        yyjson_val *quantity = yyjson_obj_get(item, "quantity"), *price = yyjson_obj_get(item, "unitPrice");
        if (yyjson_is_num(quantity) && yyjson_is_num(price)) sum += yyjson_get_num(quantity) * yyjson_get_num(price);
    }
    return number(doc, sum);
}

/* The array index that a name of digits is; orders have no other names that begin with one. */
static long index_of(yyjson_mut_val *key) {
    const char *text = yyjson_mut_get_str(key);
    return text[0] >= '0' && text[0] <= '9' ? strtol(text, NULL, 10) : -1;
}

/* Puts array indices first, ascending: the few that an order has, by insertion. */
static yyjson_mut_val *with_indices_first(yyjson_mut_doc *doc, yyjson_mut_val *object) {
    yyjson_mut_val *keys[64], *result = yyjson_mut_obj(doc), *key, *value;
    size_t index, count, indices = 0;
    yyjson_mut_obj_foreach(object, index, count, key, value) {
        long own = index_of(key);
        if (own < 0 || indices == 64) continue;
        size_t at = indices++;
        for (; at > 0 && index_of(keys[at - 1]) > own; at--) keys[at] = keys[at - 1];
        keys[at] = key;
    }
    /* A value comes after its key in the list, so both are put into the new object in pairs. */
    yyjson_mut_val *values[64], *rest[64];
    size_t others = 0;
    for (size_t i = 0; i < indices; i++) values[i] = keys[i]->next;
    yyjson_mut_obj_foreach(object, index, count, key, value) {
        if (index_of(key) < 0 && others < 64) rest[others++] = key;
    }
    yyjson_mut_val *rest_values[64];
    for (size_t i = 0; i < others; i++) rest_values[i] = rest[i]->next;
    for (size_t i = 0; i < indices; i++) yyjson_mut_obj_add(result, keys[i], values[i]);
    for (size_t i = 0; i < others; i++) yyjson_mut_obj_add(result, rest[i], rest_values[i]);
    return result;
}

static yyjson_mut_val *transformed(yyjson_mut_doc *doc, yyjson_val *value) {
    size_t index, count;
    if (yyjson_is_arr(value)) {
        yyjson_mut_val *array = yyjson_mut_arr(doc);
        yyjson_val *element;
        yyjson_arr_foreach(value, index, count, element) yyjson_mut_arr_append(array, transformed(doc, element));
        return array;
    }
    if (yyjson_is_real(value)) return number(doc, yyjson_get_real(value));
    if (!yyjson_is_obj(value)) return yyjson_val_mut_copy(doc, value);
    yyjson_mut_val *object = yyjson_mut_obj(doc);
    yyjson_val *key, *member, *items = NULL;
    bool has_indices = false;
    yyjson_obj_foreach(value, index, count, key, member) {
        const char *text = yyjson_get_str(key);
        size_t length = yyjson_get_len(key);
        if (is_dropped(text, length) || yyjson_is_null(member)) continue;
        has_indices |= text[0] >= '0' && text[0] <= '9';
        name to = renamed(text, length);
        bool redact = yyjson_is_str(member) && is_redacted(text, length);
        yyjson_mut_obj_add(object, yyjson_mut_strn(doc, to.text, to.length),
                           redact ? yyjson_mut_str(doc, "[redacted]") : transformed(doc, member));
        if (yyjson_is_arr(member) && is(text, length, NAME("items"))) items = member;
    }
    if (items) yyjson_mut_obj_add(object, yyjson_mut_str(doc, "total"), total_of(doc, items));
    return has_indices ? with_indices_first(doc, object) : object;
}

static uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static int ascending(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

int main(int argc, char **argv) {
    if (argc != 4) return 2;
    FILE *file = fopen(argv[1], "rb");
    if (!file || fseek(file, 0, SEEK_END)) return 2;
    size_t length = (size_t)ftell(file), calls = strtoul(argv[3], NULL, 10);
    char *input = malloc(length);
    rewind(file);
    if (fread(input, 1, length, file) != length) return 2;
    fclose(file);

    /* An allocator for each of the three kinds of memory: each is used again whole. */
    size_t room = yyjson_read_max_memory_usage(length, 0);
    void *read_memory = malloc(room), *build_memory = malloc(4 * room), *write_memory = malloc(4 * length);
    uint64_t *times = malloc(calls * sizeof *times);
    char *output = NULL;
    size_t output_length = 0;
    for (size_t call = 0; call < calls; call++) {
        uint64_t begin = now();
        yyjson_alc read, build, write;
        yyjson_alc_pool_init(&read, read_memory, room);
        yyjson_alc_pool_init(&build, build_memory, 4 * room);
        yyjson_alc_pool_init(&write, write_memory, 4 * length);
        yyjson_doc *source = yyjson_read_opts(input, length, 0, &read, NULL);
        if (!source) return 1;
        yyjson_mut_doc *doc = yyjson_mut_doc_new(&build);
        yyjson_mut_doc_set_root(doc, transformed(doc, yyjson_doc_get_root(source)));
        output = yyjson_mut_write_opts(doc, 0, &write, &output_length, NULL);
        if (!output) return 1;
        times[call] = now() - begin;
    }
    qsort(times, calls, sizeof *times, ascending);
    printf("%llu\n", (unsigned long long)times[calls / 2]);
    file = fopen(argv[2], "wb");
    return file && fwrite(output, 1, output_length, file) == output_length && !fclose(file) ? 0 : 1;
}
