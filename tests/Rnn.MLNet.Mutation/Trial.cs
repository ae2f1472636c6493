using System.Collections.Concurrent;

namespace Rnn.MLNet.Mutation;

/// <summary>Runs mutants against the tests that reach them.</summary>
/// <param name="classes">The measured test classes.</param>
/// <param name="share">The time limit for the tests of one mutant, as a fraction of the time of all classes, both measured without a mutant.</param>
internal sealed class Trial(IReadOnlyCollection<TestClass> classes, double share)
{
    private readonly double _budget = share * classes.Sum(tests => tests.Milliseconds);

    // The number of mutants of a file or room that a class has killed: it is likely to kill more of them.
    private readonly ConcurrentDictionary<(string Class, string Place), int> _noticed = [];

    /// <summary>Runs every class once without a mutant to measure its duration and coverage. Classes that fail are left out.</summary>
    public static async Task<List<TestClass>> Measure(string program, IEnumerable<string> names, int workers)
    {
        List<TestClass> classes = [];
        await Each(program, names, workers, async (host, name) =>
        {
            var outcome = await host.Run(-1, name, TestHost.AllMethods, TimeSpan.FromMinutes(4), cover: true);
            if (outcome.Milliseconds > 20_000)
            {
                Console.WriteLine($"slow test class: {name} takes {outcome.Milliseconds / 1000} s");
            }

            lock (classes)
            {
                if (outcome.Passed)
                {
                    classes.Add(new TestClass(name, outcome.Milliseconds, [.. outcome.Reached]));
                    if (classes.Count % 20 == 0)
                    {
                        Console.WriteLine($"{classes.Count} test classes measured");
                    }
                }
                else
                {
                    Console.WriteLine($"excluded because it fails without a mutant: {name}.{outcome.FailedMethod}");
                }
            }
        });
        return classes;
    }

    /// <summary>Runs mutants in parallel.</summary>
    public async Task<List<Verdict>> Try(string program, IReadOnlyCollection<MutationPoint> mutants, int workers)
    {
        List<Verdict> verdicts = [];
        await Each(program, mutants, workers, async (host, mutant) =>
        {
            var verdict = await Try(host, mutant);
            lock (verdicts)
            {
                verdicts.Add(verdict);
                if (verdict.Kind is VerdictKind.Survived or VerdictKind.NotReached)
                {
                    Console.WriteLine(verdict);
                }

                if (verdicts.Count % 50 == 0)
                {
                    Console.WriteLine($"{verdicts.Count} of {mutants.Count} mutants, {verdicts.Count(one => one.IsKilled)} killed");
                }
            }
        });
        return verdicts;
    }

    private static async Task Each<T>(string program, IEnumerable<T> items, int workers, Func<TestHost, T, Task> act)
    {
        using var queue = items.GetEnumerator();
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(async () =>
        {
            using var host = new TestHost(program);
            while (Next(queue, out var item))
            {
                await act(host, item);
            }
        })));
    }

    private static bool Next<T>(IEnumerator<T> queue, out T item)
    {
        lock (queue)
        {
            var some = queue.MoveNext();
            item = some ? queue.Current : default!;
            return some;
        }
    }

    private async Task<Verdict> Try(TestHost host, MutationPoint mutant)
    {
        var left = _budget;
        var covering = Covering(mutant).ToList();
        foreach (var tests in covering)
        {
            // The first class always runs, even if it exceeds the limit.
            if (left < tests.Milliseconds && left < _budget)
            {
                continue;
            }

            left -= tests.Milliseconds;
            if (await Failure(host, mutant, tests) is { } failure)
            {
                Count(tests, mutant.File);
                Count(tests, mutant.Room);
                return new Verdict(mutant, failure.FailedMethod is null ? VerdictKind.EndedProcess : VerdictKind.Killed, $"{tests.Name}.{failure.FailedMethod}");
            }
        }

        return new Verdict(mutant, covering.Count == 0 ? VerdictKind.NotReached : VerdictKind.Survived, "");
    }

    /// <summary>Returns how a class fails with the mutant; null if it passes, or also fails without the mutant.</summary>
    private static async Task<TestHost.Outcome?> Failure(TestHost host, MutationPoint mutant, TestClass tests)
    {
        // If the class also fails without the mutant, an earlier mutant may have corrupted the process: try again in a new one.
        for (var attempt = 0; attempt < 2; attempt++)
        {
            if (mutant.RunsOnce)
            {
                host.Dispose();
            }

            var outcome = await host.Run(mutant.Id, tests.Name, TestHost.AllMethods, tests.Limit);
            if (outcome.Passed)
            {
                return null;
            }

            if (mutant.RunsOnce)
            {
                host.Dispose();
            }

            if ((await host.Run(-1, tests.Name, outcome.FailedMethod ?? TestHost.AllMethods, tests.Limit)).Passed)
            {
                return outcome;
            }

            host.Dispose();
        }

        return null;
    }

    private void Count(TestClass tests, string place) => _noticed.AddOrUpdate((tests.Name, place), 1, (_, count) => count + 1);

    private int Noticed(TestClass tests, string place) => _noticed.GetValueOrDefault((tests.Name, place));

    /// <summary>
    /// Returns the classes that reach a mutant, those most likely to kill it per unit of time first: classes that killed mutants of the same file
    /// or room, belong to the room, and reach few mutants.
    /// </summary>
    private IEnumerable<TestClass> Covering(MutationPoint mutant) =>
        classes.Where(tests => tests.Reached.Contains(mutant.Id))
            .OrderByDescending(tests =>
                (1 + 8 * Noticed(tests, mutant.File) + Noticed(tests, mutant.Room))
                * (tests.Name.StartsWith($"Rnn.MLNet.Tests.{mutant.Room}.", StringComparison.Ordinal) ? 4 : 1)
                / ((20.0 + tests.Milliseconds) * Math.Sqrt(tests.Reached.Count)));
}
