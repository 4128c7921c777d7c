/* SPDX-License-Identifier: MIT */
/* count.h - how many bits are set in n words? The best way to find out is chosen at start. */
#ifndef COUNT_H
#define COUNT_H

#include <static_call.h>
#include <stddef.h>
#include <stdint.h>

extern size_t (*count_bits)(const uint64_t *words, size_t n) STATIC_CALL_KEY;

#endif
