/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stores-body.c - functions that store, in a unit that sees a tag or does not (-DTAGGED).
 *
 * KIND is part of all names. None but fill stores to a key; they are what a unit full of
 * ordinary code has: copies of bytes, rows of an image, lists, trees, buffers, structs.
 * Pointers come as parameters, so that nothing shows where they lead.
 */
#include "stores.h"

#include <static_call.h>
#include <string.h>

#define PASTE_(a, b) a##_##b
#define PASTE(a, b)  PASTE_(a, b)
#define NAME(name)   PASTE(name, KIND)

#ifdef TAGGED
#define TAG STATIC_CALL_KEY
#else
#define TAG
#endif

/* The table: four times eight members, each with one call. */
#define MEMBERS4(n) fn_type *n##0, *n##1, *n##2, *n##3;
#define TABLE(X)    X(a) X(b) X(c) X(d) X(e) X(f) X(g) X(h)
static struct table {
	TABLE(MEMBERS4)
} NAME(table) TAG;

#define STORE4(n)              \
	NAME(table).n##0 = fn; \
	NAME(table).n##1 = fn; \
	NAME(table).n##2 = fn; \
	NAME(table).n##3 = fn;
#define CALL4(n) \
	+NAME(table).n##0(1) + NAME(table).n##1(1) + NAME(table).n##2(1) + NAME(table).n##3(1)

int NAME(fill)(void *fn_)
{
	fn_type *fn = (fn_type *)fn_;

	TABLE(STORE4)
	return 0;
}

int NAME(calls)(void)
{
	return 0 TABLE(CALL4);
}

/* Four bytes into each row of an image, as drawing does. */
static void NAME(rows)(struct data *d)
{
	int i;

	for (i = 0; i < ROWS; i++)
		memcpy((char *)d->image + i * STRIDE, &d->words[i], 4);
}

static void NAME(clear)(struct data *d)
{
	memset(d->heap, 0, d->size);
}

static void NAME(copy)(struct data *d)
{
	memcpy(d->heap, d->image, d->size);
}

/* Byte for byte, as parsers and string functions do. */
static void NAME(bytes)(struct data *d)
{
	char *to = d->heap, *from = (char *)d->words;
	size_t i;

	for (i = 0; i < d->size; i++)
		to[i] = from[i] ^ 0x20;
}

static void NAME(words)(struct data *d)
{
	uint64_t *to = d->heap;
	size_t i;

	for (i = 0; i < d->size / 8; i++)
		to[i] += i;
}

static void NAME(list)(struct data *d)
{
	struct node *node, *reversed = NULL, *next;

	for (node = d->list; node; node = next) {
		next = node->next;
		node->next = reversed;
		reversed = node;
	}
	d->list = reversed;
}

/* A record with a pointer of no type, as containers of anything have. */
static void NAME(record)(struct data *d)
{
	int i;

	for (i = 0; i < NODES; i++) {
		d->records[i].item = d->records[NODES - 1 - i].item;
		d->records[i].used++;
	}
}

static void NAME(structs)(struct data *d)
{
	int i;

	for (i = 0; i < NODES - 1; i++)
		d->records[i] = d->records[i + 1];
	d->records[NODES - 1] = d->spare;
}

static void NAME(doubles)(struct data *d)
{
	double *v = d->heap;
	size_t i;

	for (i = 1; i < d->size / 8; i++)
		v[i] = v[i - 1] * 0.5 + 1;
}

/* Pointers of no type into an array, as a hash table or a stack of anything. */
static void NAME(pointers)(struct data *d)
{
	int i;

	for (i = 0; i < NODES; i++)
		d->slots[i] = &d->records[i];
}

static void NAME(many)(struct data *d)
{
	int i;

	for (i = 0; i < MANY; i++)
		d->many[i] = d->records;
}

const struct work NAME(works)[] = {
	{ "4 bytes into each of 16 rows", "rows", NAME(rows) },
	{ "memset of 48 bytes, heap", "clear", NAME(clear) },
	{ "memcpy of 48 bytes, heap", "copy", NAME(copy) },
	{ "loop over bytes", "bytes", NAME(bytes) },
	{ "loop over words", "words", NAME(words) },
	{ "loop over doubles", "doubles", NAME(doubles) },
	{ "list reversed", "list", NAME(list) },
	{ "void * members of structs", "record", NAME(record) },
	{ "structs copied", "structs", NAME(structs) },
	{ "void * array of 16", "pointers", NAME(pointers) },
	{ "void * array of 512", "many", NAME(many) },
	{ NULL, NULL, NULL },
};
