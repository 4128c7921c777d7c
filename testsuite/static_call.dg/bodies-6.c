/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is told of a function in assembly language, and cannot be: one error each, at its line. */
/* { dg-do assemble } */
/* { dg-prune-output "Assembler messages" } */
/* { dg-prune-output "non-constant expression" } */
#include <static_call.h>

#define LONG "movabs $0x1122334455667788, %rax; "

__asm__(".text\nf: cli; ret");
__asm__("g: cli; ret\nh: cli; ret");

STATIC_CALL_KEY_BODY(f, "cli");
STATIC_CALL_KEY_BODY(f, "sti"); /* { dg-message "Error: STATIC_CALL_KEY_BODY of f: there is one already" } */
STATIC_CALL_KEY_BODY(g, LONG LONG); /* { dg-message "Error: STATIC_CALL_KEY_BODY of g: more than 15 bytes or a jump" } */
STATIC_CALL_KEY_BODY(h, "jmp f"); /* { dg-message "Error: STATIC_CALL_KEY_BODY of h: more than 15 bytes or a jump" } */

__asm__(".text\ni: cli; ret");
STATIC_CALL_KEY_BODY(i, "cli; clo"); /* { dg-message "Error: no such instruction: .clo" } */
