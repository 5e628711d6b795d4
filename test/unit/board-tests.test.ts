import { describe, expect, it } from 'vitest';
import { Limit } from '../board/limit.ts';
import { requireTools } from '../board/tools.ts';

describe('the board tests', () => {
  it('name the missing programs and their packages', () => {
    expect(() => {
      requireTools('/nowhere');
    }).toThrow(/needs qemu-system-aarch64, .*: sudo apt-get install qemu-system-arm /);
  });

  it('end a wait at its own limit and name it', () => {
    let now = 0;
    const limit = new Limit('booting', 100, 1000, () => now);
    now = 99;
    expect(limit.left()).toBe(1);
    now = 100;
    expect(limit.left()).toBe(0);
    expect(limit.message()).toBe('the board took more than 100 ms (booting)');
  });

  it('end every wait when the time limit of the whole run is reached, and report it', () => {
    let now = 950;
    const limit = new Limit('booting', 100, 1000, () => now);
    expect(limit.left()).toBe(50);
    now = 1000;
    expect(limit.left()).toBe(0);
    expect(limit.message()).toBe('the time of the whole run is over (booting)');
  });
});
