/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An bad value is an error. */
/* { dg-do compile } */
/* { dg-options "-fplugin-arg-static_call-stores=maybe" } */
/* { dg-error "unrecognized plugin option .-fplugin-arg-static_call-stores=maybe." "" { target *-*-* } 0 } */
/* { dg-prune-output "fail(ed)? to initialize plugin" } */
int x;
