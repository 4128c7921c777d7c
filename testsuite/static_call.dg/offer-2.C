/* SPDX-License-Identifier: GPL-2.0-or-later */
/* C++: the same; and what is const, or no pointer to function, is offered nothing. */
/* { dg-do compile } */
/* { dg-options "-O2 -std=c++17" } */
/* { dg-error "invalid conversion from .int .\\*..double.. to .int .\\*..int.." "" { target *-*-* } 0 } */
/* { dg-error "invalid conversion from .int .\\*..int.. to .int .\\*..." "" { target *-*-* } 0 } */
/* { dg-error "no matches converting function .right. to type .int" "" { target *-*-* } 0 } */
/* { dg-error "has initializer but incomplete type" "" { target *-*-* } 0 } */
#include <static_call.h>

int (*key)(int) STATIC_CALL_KEY;
int (*quiet)(int) noexcept STATIC_CALL_KEY;
int (*const constant)(int) STATIC_CALL_KEY = nullptr;
int number;
int right(int);
long right(long);
int quiet_right(int) noexcept;
int wrong(double);
int yes();
int yes_if(int);

STATIC_CALL_KEY_OFFER(key, right, yes, 1);
STATIC_CALL_KEY_OFFER(key, quiet_right, nullptr, 1);
STATIC_CALL_KEY_OFFER(quiet, quiet_right, 0, 1);
STATIC_CALL_KEY_OFFER(key, wrong, yes, 1); /* { dg-message "note: in expansion of macro .STATIC_CALL_KEY_OFFER" "" } */
STATIC_CALL_KEY_OFFER(quiet, right, yes, 1); /* { dg-message "note: in expansion of macro .STATIC_CALL_KEY_OFFER" "" } */
STATIC_CALL_KEY_OFFER(key, right, yes_if, 1); /* { dg-message "note: in expansion of macro .STATIC_CALL_KEY_OFFER" "" } */
STATIC_CALL_KEY_OFFER(constant, right, yes, 1); /* { dg-message "note: in expansion of macro .STATIC_CALL_KEY_OFFER" "" } */
