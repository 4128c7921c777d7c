/* SPDX-License-Identifier: GPL-2.0-or-later */
/* stores.h - the data that bench/stores-body.c works on. */
#ifndef BENCH_STORES_H
#define BENCH_STORES_H

#include <stddef.h>
#include <stdint.h>

#define ROWS   16
#define STRIDE 64
#define NODES  16
#define MANY   512

typedef int fn_type(int);

struct node {
	struct node *next;
	long value;
};

struct record {
	void *item;
	long used;
	struct node *node;
};

struct data {
	void *image, *heap;
	size_t size;
	uint32_t words[ROWS];
	struct node *list;
	struct record *records, spare;
	void **slots, **many;
};

struct work {
	const char *text, *name; /* what it does; its name in stores-body.c, without the kind */
	void (*run)(struct data *d);
};

extern const struct work works_plain[], works_tagged[];
int fill_plain(void *fn), fill_tagged(void *fn);
int calls_plain(void), calls_tagged(void);

#endif
